import { FileInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { paths } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { countText, percentText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './connections.module.css';

type Reply = paths['/v1/workspaces/{workspace}/matches']['get']['responses'][200]['content']['application/json'];
type Customers = Reply['customers'][number];
type Links = Reply['links'][number];

function Counts({ counts }: { readonly counts: boolean }) {
  return <Tag tone={counts ? 'good' : 'warn'}>{counts ? 'counts' : 'too few matched'}</Tag>;
}

function ofText({ matched, of, share }: { matched: number; of: number; share: number | null }): string {
  return `${countText(matched)} of ${countText(of)}${share === null ? '' : ` (${percentText(share)})`}`;
}

function toldText({ told, organisations }: Customers): string {
  if (organisations.matched === 0) return '–';
  const parts: readonly (readonly [number, string])[] = [
    [told.tier, 'tier'],
    [told.contract, 'contract'],
    [told.health_understood, 'health'],
    [told.renewal, 'renewal'],
    [told.value, 'band of value'],
    [told.churned, 'left'],
    [told.expanded, 'bought more'],
  ];
  return parts.map(([n, what]) => `${what} ${countText(n)}`).join(', ');
}

const CUSTOMERS: readonly Column<Customers>[] = [
  { head: 'Desk', cell: (row) => row.desk, by: (row) => row.desk },
  { head: 'Record of customers', cell: (row) => row.source, by: (row) => row.source },
  {
    head: 'Matched, with tickets',
    cell: (row) => ofText(row.with_tickets),
    by: (row) => row.with_tickets.share,
    end: true,
  },
  { head: 'Matched, all', cell: (row) => ofText(row.organisations), by: (row) => row.organisations.share, end: true },
  { head: 'What it tells', cell: (row) => <Counts counts={row.counts} /> },
  { head: 'Of the matched', cell: toldText, long: true },
];

const LINKS: readonly Column<Links>[] = [
  { head: 'Desk', cell: (row) => row.desk, by: (row) => row.desk },
  {
    head: 'Trackers',
    cell: (row) => row.by_tracker.map(({ tracker, issues }) => `${tracker}: ${countText(issues)}`).join(', ') || '–',
  },
  {
    head: 'Issues found',
    cell: (row) => ofText({ ...row.issues, share: row.share }),
    by: (row) => row.share,
    end: true,
  },
  { head: 'What they tell', cell: (row) => <Counts counts={row.counts} /> },
];

/** Ids of organisations that could be several customers, and whose word settles it: a mapping file. */
function Settle(props: { readonly workspace: string; readonly match: Customers; readonly may: boolean }) {
  const { workspace, may } = props;
  const { desk, source, ambiguous, mapping } = props.match;
  const [file, setFile] = useState<File | null>(null);
  const keep = useAct(
    (brought: File) =>
      dataOf(
        api.PUT('/v1/workspaces/{workspace}/matches/customers', {
          params: { path: { workspace }, query: { desk, source } },
          // The generated type of bytes is text.
          body: brought as unknown as string,
          bodySerializer: (body) => body as unknown as Blob,
          headers: { 'content-type': 'application/octet-stream' },
        }),
      ),
    [['matches', workspace]],
  );
  return (
    <div>
      {ambiguous.length === 0 ? null : (
        <details className={styles.shows}>
          <summary>
            {countText(ambiguous.length)} organisations of {desk} could be several customers, and are joined to none
          </summary>
          <p className={styles.soft}>{ambiguous.map(({ organisation_id }) => organisation_id).join(', ')}</p>
        </details>
      )}
      {mapping.pairs === 0 ? null : (
        <p className={styles.soft}>
          Your mapping of {desk} and {source}: {countText(mapping.pairs)} pairs, of which{' '}
          {countText(mapping.unknown_customers)} name a customer and {countText(mapping.unknown_organisations)} an
          organisation that was not read.
        </p>
      )}
      {may ? (
        <FileInput
          label={`Say who the organisations of ${desk} are in ${source}`}
          description="CSV with the first line desk_id,crm_id. It goes before ids and domains, and replaces the one before."
          placeholder="Choose a file"
          value={file}
          disabled={keep.isPending}
          onChange={(chosen) => {
            setFile(chosen);
            if (chosen !== null) keep.mutate(chosen);
          }}
        />
      ) : null}
      {keep.isError ? <ProblemBox error={keep.error} /> : null}
      {keep.data === undefined ? null : (
        <p className={styles.soft} role="status">
          Kept {countText(keep.data.matches[0]?.mapping.pairs ?? 0)} pairs; they count from the next snapshot on.
        </p>
      )}
    </div>
  );
}

/** Who the customers of each desk are in a record of customers beside it, and which issues its tickets name in a tracker; nothing without such a source. */
export function Matches({ workspace, may }: { readonly workspace: string; readonly may: boolean }) {
  const { data, error } = useQuery({
    queryKey: ['matches', workspace],
    queryFn: () => dataOf(api.GET('/v1/workspaces/{workspace}/matches', { params: { path: { workspace } } })),
  });
  if (data === undefined) return error === null ? null : <ProblemBox error={error} />;
  return (
    <>
      {data.customers.length === 0 ? null : (
        <Section
          title="Customers in a record of customers"
          note="Matched by your mapping, by ids, by mail domains, in that order; what could be several is joined to nobody. What the record tells counts where at least half of the organisations with tickets are matched."
        >
          <DataTable
            label="Customers in a record of customers"
            rows={data.customers}
            columns={CUSTOMERS}
            id={({ desk, source }) => `${desk} ${source}`}
          />
          {data.customers.map((match) => (
            <Settle key={`${match.desk} ${match.source}`} workspace={workspace} match={match} may={may} />
          ))}
        </Section>
      )}
      {data.links.length === 0 ? null : (
        <Section
          title="Issues in a tracker"
          note="Issues that tickets name, found by their addresses and short names. What the tracker tells counts where at least half of them are found."
        >
          <DataTable label="Issues in a tracker" rows={data.links} columns={LINKS} id={({ desk }) => desk} />
        </Section>
      )}
    </>
  );
}
