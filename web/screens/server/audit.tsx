import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { BY_CURSOR, behind } from '../../api/pages.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { instantText } from '../../parts/format.ts';
import { Older } from '../../parts/older.tsx';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { useTokens } from './use-tokens.ts';

type Entry = components['schemas']['AuditEntry'];

const TONES = { done: 'good', refused: 'warn', failed: 'bad' } as const;

const nameOn = ({ workspace, subject }: Entry): string =>
  [workspace, subject === workspace ? null : subject].filter((name) => name !== null).join(' · ') || '–';

function columnsWith(whoOf: (actor: string) => string): readonly Column<Entry>[] {
  return [
    { head: 'What', cell: (entry) => entry.action, by: (entry) => entry.action },
    { head: 'On', cell: nameOn, by: nameOn, long: true },
    { head: 'Who', cell: (entry) => whoOf(entry.actor), by: (entry) => whoOf(entry.actor), long: true },
    { head: 'When', cell: (entry) => instantText(entry.at), by: (entry) => entry.at },
    { head: 'Outcome', cell: (entry) => <Tag tone={TONES[entry.outcome]}>{entry.outcome}</Tag>, by: (e) => e.outcome },
  ];
}

/** Who changed what. */
export function Audit() {
  const tokens = useTokens();
  const names = new Map(tokens.data?.tokens.map(({ id, name }) => [`token:${id}`, name]));
  const columns = columnsWith((actor) => names.get(actor) ?? actor);
  const query = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => dataOf(api.GET('/v1/audit', { params: { query: behind(pageParam) } })),
    ...BY_CURSOR,
    select: ({ pages }) => pages.flatMap(({ entries }) => entries),
  });
  return (
    <Page title="Audit log" lead="Every write, who asked for it and how it ended, newest first.">
      <Section title="Entries">
        <Await query={query}>
          {(entries) =>
            entries.length === 0 ? (
              <Empty title="Nothing has been changed yet" />
            ) : (
              <DataTable label="Audit log" rows={entries} columns={columns} id={(entry) => entry.id} />
            )
          }
        </Await>
        <Older list={query} />
      </Section>
    </Page>
  );
}
