import type { FreshnessView } from '../../../src/report/view/freshness.ts';
import type { HomeView } from '../../../src/report/view/home.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText, instantText, percentText } from '../../parts/format.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Section } from '../../parts/section.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './connections.module.css';

type Stream = FreshnessView['sources'][number]['streams'][number];

const COLUMNS: readonly Column<Stream>[] = [
  { head: 'Stream', cell: (row) => row.stream.replaceAll('_', ' '), by: (row) => row.stream },
  {
    head: 'Can be read',
    cell: (row) => <Tag tone={row.status === 'available' ? 'good' : 'warn'}>{row.status}</Tag>,
    by: (row) => row.status,
  },
  { head: 'Complete to', cell: (row) => instantText(row.until) },
  { head: 'Records', cell: (row) => countText(row.rows), by: (row) => row.rows, end: true },
  { head: 'Set aside', cell: (row) => countText(row.set_aside), by: (row) => row.set_aside, end: true },
  {
    head: 'Of what the source counts',
    cell: (row) => (row.reconciled_share === null ? 'no count' : percentText(row.reconciled_share)),
    by: (row) => row.reconciled_share,
    end: true,
  },
];

/** What each connection can show, how whole it is, and which statements more permissions would light up. */
export function Sources({ home, workspace }: { readonly home: HomeView; readonly workspace: string }) {
  return (
    <>
      {home.freshness.sources.map((source) => (
        <Section key={source.connection} title={`What ${source.connection} shows`} note={source.sentence}>
          <DataTable
            label={`Streams of ${source.connection}`}
            rows={source.streams}
            columns={COLUMNS}
            id={(row) => row.stream}
          />
        </Section>
      ))}
      {home.kind !== 'staged' || home.unseen.groups.length === 0 ? null : (
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
      )}
    </>
  );
}
