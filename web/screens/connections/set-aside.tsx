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

/** Records that could not be read, with place and reason; nothing where there are none. */
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
  if (rows.length === 0) return null;
  const total = found.reduce((sum, { data }) => sum + (data?.total ?? 0), 0);
  const listed = rows.reduce((sum, { record }) => sum + record.times, 0);
  return (
    <Section
      title="Records set aside"
      note={`They did not have the form that the helpdesk describes, and count nowhere.${
        listed < total ? ` ${countText(listed)} of ${countText(total)} are listed.` : ''
      }`}
    >
      <DataTable
        label="Records set aside"
        rows={rows}
        columns={COLUMNS}
        id={({ connection, record: { stream, ref, code, path } }) => [connection, stream, ref, code, path].join(' ')}
      />
    </Section>
  );
}
