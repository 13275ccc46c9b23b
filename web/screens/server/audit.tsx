import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { instantText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';

type Entry = components['schemas']['AuditEntry'];

const TONES = { done: 'good', refused: 'warn', failed: 'bad' } as const;
const COLUMNS: readonly Column<Entry>[] = [
  { head: 'What', cell: (entry) => entry.action, by: (entry) => entry.action },
  { head: 'On', cell: (entry) => [entry.workspace, entry.subject].filter(Boolean).join(' · ') || '–' },
  { head: 'Who', cell: (entry) => entry.actor, by: (entry) => entry.actor },
  { head: 'When', cell: (entry) => instantText(entry.at), by: (entry) => entry.at },
  { head: 'Outcome', cell: (entry) => <Tag tone={TONES[entry.outcome]}>{entry.outcome}</Tag>, by: (e) => e.outcome },
];

/** Who changed what. */
export function Audit() {
  const query = useQuery({
    queryKey: ['audit'],
    queryFn: () => dataOf(api.GET('/v1/audit', { params: { query: { limit: 200 } } })),
  });
  return (
    <Page title="Audit log" lead="Every write, who asked for it and how it ended; the newest 200.">
      <Section title="Entries">
        <Await query={query}>
          {({ entries }) =>
            entries.length === 0 ? (
              <Empty title="Nothing has been changed yet" />
            ) : (
              <DataTable label="Audit log" rows={entries} columns={COLUMNS} id={(entry) => entry.id} />
            )
          }
        </Await>
      </Section>
    </Page>
  );
}
