import { Link } from '@tanstack/react-router';
import type { ModelsView } from '../../../src/report/view/models.ts';
import { Section } from '../../parts/section.tsx';
import styles from './models.module.css';

/** What every model says of the same measurement; a row shows the home by that model. */
export function Models({ models, workspace }: { readonly models: ModelsView; readonly workspace: string }) {
  return (
    <Section title="The same desk by every model">
      <ul className={styles.rows}>
        {models.rows.map((row) => (
          <li key={row.model.id} className={styles.row}>
            <Link
              to="/w/$workspace"
              params={{ workspace }}
              search={{ model: row.model.id }}
              className={styles.name}
              aria-current={row.shown ? 'true' : undefined}
            >
              {row.model.title}
            </Link>
            <span className={styles.label}>{row.headline.label}</span>
            <span className={styles.track} aria-hidden="true">
              <span style={{ width: `${String((row.height ?? 0) * 100)}%` }} />
            </span>
            <span className={styles.sentence}>{row.sentence}</span>
          </li>
        ))}
      </ul>
      {models.pairs.map((pair) => (
        <p key={pair.models.join(' ')} className={styles.pair}>
          {pair.sentence}
        </p>
      ))}
    </Section>
  );
}
