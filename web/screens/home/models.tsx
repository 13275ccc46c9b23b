import { Link } from '@tanstack/react-router';
import type { ModelsView } from '../../../src/report/view/models.ts';
import { percentText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import styles from './models.module.css';

type Row = ModelsView['rows'][number];

function ModelCard({ row, workspace }: { readonly row: Row; readonly workspace: string }) {
  const { headline } = row;
  return (
    <li className={`${styles.card} ${row.shown ? styles.shown : ''}`}>
      <Link
        to="/w/$workspace"
        params={{ workspace }}
        search={{ model: row.model.id }}
        className={styles.name}
        aria-current={row.shown ? 'true' : undefined}
      >
        {row.model.title}
      </Link>
      <span className={styles.label}>{headline.label}</span>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${String((row.height ?? 0) * 100)}%` }} />
      </span>
      <span className={styles.note}>
        {headline.status.replaceAll('_', ' ')} · {percentText(headline.coverage)} seen
      </span>
    </li>
  );
}

/** What every model says of the same measurement; each opens the home by that model. */
export function Models({ models, workspace }: { readonly models: ModelsView; readonly workspace: string }) {
  const titles = new Map(models.rows.map(({ model }) => [model.id, model.title]));
  return (
    <Section
      title="The same desk by every model"
      note="One measurement, judged by each. Bars stand on a common scale from none to all."
    >
      <ul className={styles.cards}>
        {models.rows.map((row) => (
          <ModelCard key={row.model.id} row={row} workspace={workspace} />
        ))}
      </ul>
      {models.pairs.length === 0 ? null : (
        <dl className={styles.pairs}>
          {models.pairs.map(({ models: [a, b], sentence }) => (
            <div key={`${a} ${b}`}>
              <dt>
                {titles.get(a) ?? a} and {titles.get(b) ?? b}
              </dt>
              <dd>{sentence}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}
