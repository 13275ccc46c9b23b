import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { BY_CURSOR, behind } from '../../api/pages.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText } from '../../parts/format.ts';
import { Older } from '../../parts/older.tsx';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';

type Aside = components['schemas']['SetAside'];

const COLUMNS: readonly Column<Aside>[] = [
  { head: 'Stream', cell: (row) => row.stream.replaceAll('_', ' '), by: (row) => row.stream },
  { head: 'Record', cell: (row) => <code>{row.ref}</code>, long: true },
  { head: 'Place', cell: (row) => (row.path === '' ? '–' : <code>{row.path}</code>), long: true },
  { head: 'Why', cell: (row) => row.detail, long: true },
  { head: 'Times', cell: (row) => countText(row.times), by: (row) => row.times, end: true },
];

const isCell = ({ code }: Aside): boolean => code === 'CELL_REJECTED';

/** What of one connection could not be read, with place and reason: records that count nowhere, and values of records that were kept; nothing where there is none. */
export function SetAside(props: { readonly workspace: string; readonly connection: string }) {
  const { workspace, connection } = props;
  const list = useInfiniteQuery({
    queryKey: ['set-aside', workspace, connection],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/workspaces/{workspace}/connections/{name}/set-aside', {
          params: { path: { workspace, name: connection }, query: behind(pageParam) },
        }),
      ),
    ...BY_CURSOR,
  });
  if (list.data === undefined) return list.error === null ? null : <ProblemBox error={list.error} />;
  const rows = list.data.pages.flatMap((page) => page.set_aside);
  const [first] = list.data.pages;
  return (
    <>
      <Listing
        title={`Records of ${connection} set aside`}
        note="They did not have the form that the helpdesk describes, and count nowhere."
        rows={rows.filter((row) => !isCell(row))}
        total={first?.total ?? 0}
      />
      <Listing
        title={`Values of ${connection} not readable`}
        note="They did not have the form that the helpdesk describes. Their records were kept and count; of each value nothing is known."
        rows={rows.filter(isCell)}
        total={first?.cells ?? 0}
      />
      <Older list={list} />
    </>
  );
}

function Listing(props: {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly Aside[];
  readonly total: number;
}) {
  const { title, note, rows, total } = props;
  if (total === 0) return null;
  const listed = rows.reduce((sum, { times }) => sum + times, 0);
  return (
    <Section
      title={title}
      note={`${note}${listed < total ? ` ${countText(listed)} of ${countText(total)} are listed.` : ''}`}
    >
      <DataTable
        label={title}
        rows={rows}
        columns={COLUMNS}
        id={({ stream, ref, code, path }) => [stream, ref, code, path].join(' ')}
      />
    </Section>
  );
}
