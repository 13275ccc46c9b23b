import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';

interface Row {
  readonly connection: string;
  readonly record: components['schemas']['SetAside'];
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'Connection', cell: ({ connection }) => connection, by: ({ connection }) => connection },
  { head: 'Stream', cell: ({ record }) => record.stream, by: ({ record }) => record.stream },
  { head: 'Record', cell: ({ record }) => <code>{record.ref}</code> },
  { head: 'Place', cell: ({ record }) => (record.path === '' ? '–' : <code>{record.path}</code>) },
  { head: 'Why', cell: ({ record }) => record.detail },
  { head: 'Times', cell: ({ record }) => countText(record.times), by: ({ record }) => record.times, end: true },
];

/** What could not be read, with place and reason: records that count nowhere, and values of records that were kept; nothing where there is none. */
export function SetAside(props: { readonly workspace: string; readonly connections: readonly string[] }) {
  const { workspace } = props;
  const found = useQueries({
    queries: props.connections.map((name) => ({
      queryKey: ['set-aside', workspace, name],
      queryFn: () =>
        dataOf(
          api.GET('/v1/workspaces/{workspace}/connections/{name}/set-aside', { params: { path: { workspace, name } } }),
        ),
    })),
  });
  const rows = found.flatMap(({ data }, index) =>
    (data?.set_aside ?? []).map((record) => ({ connection: props.connections[index] ?? '', record })),
  );
  const isCell = ({ record }: Row) => record.code === 'CELL_REJECTED';
  return (
    <>
      <Listing
        title="Records set aside"
        note="They did not have the form that the helpdesk describes, and count nowhere."
        rows={rows.filter((row) => !isCell(row))}
        total={found.reduce((sum, { data }) => sum + (data?.total ?? 0), 0)}
      />
      <Listing
        title="Values not readable"
        note="They did not have the form that the helpdesk describes. Their records were kept and count; of each value nothing is known."
        rows={rows.filter(isCell)}
        total={found.reduce((sum, { data }) => sum + (data?.cells ?? 0), 0)}
      />
    </>
  );
}

function Listing(props: {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly Row[];
  readonly total: number;
}) {
  const { title, note, rows, total } = props;
  if (total === 0) return null;
  const listed = rows.reduce((sum, { record }) => sum + record.times, 0);
  return (
    <Section
      title={title}
      note={`${note}${listed < total ? ` ${countText(listed)} of ${countText(total)} are listed.` : ''}`}
    >
      <DataTable
        label={title}
        rows={rows}
        columns={COLUMNS}
        id={({ connection, record: { stream, ref, code, path } }) => [connection, stream, ref, code, path].join(' ')}
      />
    </Section>
  );
}
