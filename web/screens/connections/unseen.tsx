import type { HomeView } from '../../../src/report/view/home.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Section } from '../../parts/section.tsx';
import styles from './connections.module.css';

/** Which statements more permissions would light up; nothing where all is seen. */
export function Unseen({ home, workspace }: { readonly home: HomeView; readonly workspace: string }) {
  if (home.kind !== 'staged' || home.unseen.groups.length === 0) return null;
  return (
    <Section title="What more could be seen" note={home.unseen.sentence}>
      {home.unseen.groups.map((group) => (
        <div key={group.reason}>
          <h3 className={styles.sub}>{group.words}</h3>
          {group.way_out === null ? null : <p className={styles.soft}>{group.way_out}</p>}
          {group.statements.length === 0 ? null : (
            <p className={styles.soft}>
              It would speak to{' '}
              {group.statements.map((statement, index) => (
                <span key={statement.id}>
                  {index === 0 ? '' : ', '}
                  <StatementLink workspace={workspace} statement={statement} />
                </span>
              ))}
            </p>
          )}
        </div>
      ))}
    </Section>
  );
}
