import { useParams } from '@tanstack/react-router';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText } from '../../parts/format.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './connections.module.css';

type Check = components['schemas']['ConnectionCheck'];
type Stream = Check['streams'][number];
type Refused = NonNullable<Check['map']>['refused'][number];

function WouldShow({ refused }: { readonly refused: Refused | undefined }) {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  if (refused === undefined) return '–';
  if (refused.statements.length === 0) return 'Nothing that is asked for and not seen otherwise';
  return refused.statements.map((statement, index) => (
    <span key={statement.id}>
      {index === 0 ? '' : ', '}
      <StatementLink workspace={workspace} statement={statement} />
    </span>
  ));
}

function columnsOf({ map }: Check): readonly Column<Stream>[] {
  return [
    { head: 'Stream', cell: (row) => row.title, by: (row) => row.title },
    {
      head: 'Can be read',
      cell: (row) => <Tag tone={row.status === 'available' ? 'good' : 'warn'}>{row.status}</Tag>,
      by: (row) => row.status,
    },
    {
      head: 'Records',
      cell: (row) => (row.total === null ? '–' : countText(row.total)),
      by: (row) => row.total,
      end: true,
    },
    { head: 'Why, and the way out', cell: (row) => row.detail ?? '–' },
    ...(map === null
      ? []
      : [
          {
            head: 'It would speak to',
            cell: (row: Stream) => <WouldShow refused={map.refused.find(({ stream }) => stream === row.stream)} />,
          },
        ]),
  ];
}

/** Longer differences are those of a simulated helpdesk, whose time is not ours. */
const TOLD_SKEW_S = { from: 120, to: 86_400 };

/** What a helpdesk let be read when it was asked, and what the rest would show. */
export function Checked({ check }: { readonly check: Check }) {
  const open = check.streams.filter(({ status }) => status === 'available').length;
  const skew = Math.abs(check.clockSkewS);
  return (
    <section aria-label={`What ${check.connection} may read`}>
      <p className={styles.soft} role="status">
        {check.connection} answers as {check.identity.account}, role {check.identity.role}: {open} of{' '}
        {check.streams.length} streams open. {check.map?.sentence}
        {skew > TOLD_SKEW_S.from && skew < TOLD_SKEW_S.to
          ? ` Its clock differs from ours by ${String(check.clockSkewS)} s; its own is used.`
          : ''}
      </p>
      <DataTable
        label={`What ${check.connection} may read`}
        rows={check.streams}
        columns={columnsOf(check)}
        id={(row) => row.stream}
      />
    </section>
  );
}
