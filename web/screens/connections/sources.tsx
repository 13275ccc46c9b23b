import { useQuery } from '@tanstack/react-query';
import type { SourcesView } from '../../../src/report/view/freshness.ts';
import { viewOptions } from '../../api/queries.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText, instantText, percentText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';

type Stream = SourcesView['sources'][number]['streams'][number];

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
    head: 'Of its own count',
    cell: (row) => (row.reconciled_share === null ? 'no count' : percentText(row.reconciled_share)),
    by: (row) => row.reconciled_share,
    end: true,
  },
];

/** What each connection gave and how whole it is, snapshot or not; nothing before the first reading. */
export function Sources({ workspace }: { readonly workspace: string }) {
  const { data, error } = useQuery(viewOptions(workspace, 'sources'));
  if (error !== null && data === undefined) return <ProblemBox error={error} />;
  return (data?.sources ?? []).map((source) => (
    <Section key={source.connection} title={`What ${source.connection} shows`} note={source.sentence}>
      <DataTable
        label={`Streams of ${source.connection}`}
        rows={source.streams}
        columns={COLUMNS}
        id={(row) => row.stream}
      />
    </Section>
  ));
}
