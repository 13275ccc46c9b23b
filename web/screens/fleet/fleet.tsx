import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FleetView } from '../../../src/report/view/fleet.ts';
import { fleetOptions } from '../../api/queries.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { dayText, percentText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { AddDesk } from './add-desk.tsx';
import styles from './fleet.module.css';

type Desk = FleetView['workspaces'][number];

function Level({ desk }: { readonly desk: Desk }) {
  const { verdict } = desk;
  if (verdict === null) return <Tag>no snapshot</Tag>;
  return (
    <span className={styles.level}>
      <span className={styles.steps} aria-hidden="true">
        {Array.from({ length: verdict.of }, (_, step) => (
          <span key={`step-${String(step)}`} className={step < (verdict.value ?? 0) ? styles.full : styles.empty} />
        ))}
      </span>
      {verdict.label}
    </span>
  );
}

const COLUMNS: readonly Column<Desk>[] = [
  {
    head: 'Desk',
    cell: (desk) => (
      <Link to="/w/$workspace" params={{ workspace: desk.workspace }} className={styles.desk}>
        {desk.workspace}
      </Link>
    ),
    by: (desk) => desk.workspace,
  },
  { head: 'Stage', cell: (desk) => <Level desk={desk} />, by: (desk) => desk.verdict?.value ?? null },
  {
    head: 'Assured',
    cell: (desk) => desk.verdict?.assured ?? '–',
    by: (desk) => desk.verdict?.assured ?? null,
    end: true,
  },
  {
    head: 'Seen',
    cell: (desk) => (desk.verdict === null ? '–' : percentText(desk.verdict.coverage)),
    by: (desk) => desk.verdict?.coverage ?? null,
    end: true,
  },
  {
    head: 'Change',
    cell: (desk) => <span className={styles.whole}>{desk.change_words ?? '–'}</span>,
    by: (desk) => desk.change,
  },
  {
    head: 'Data to',
    // What only people spoke for has no day up to which records go.
    cell: (desk) =>
      desk.verdict === null || (desk.connections === 0 && desk.verdict.coverage === 0) ? (
        '–'
      ) : (
        <span className={styles.whole}>{dayText(desk.verdict.last_day)}</span>
      ),
    by: (desk) => desk.verdict?.last_day ?? null,
  },
  {
    head: 'Syncs',
    cell: (desk) =>
      desk.broken.length === 0 ? (
        desk.connections === 0 ? (
          '–'
        ) : (
          <Tag tone="good">working</Tag>
        )
      ) : (
        <Tag tone="bad">broken: {desk.broken.join(', ')}</Tag>
      ),
    by: (desk) => desk.broken.length,
  },
];

/** All desks that one may see. */
export function Fleet() {
  const query = useQuery(fleetOptions);
  const [filter, setFilter] = useState('');
  return (
    <Page title="All desks" lead={query.data?.sentence}>
      <Await query={query}>
        {({ workspaces }) =>
          workspaces.length === 0 ? (
            <Empty title="There is no desk yet" way="Add one, connect its helpdesk, and take the first snapshot." />
          ) : (
            <Section
              title="Desks"
              actions={
                workspaces.length < 6 ? null : (
                  <TextInput
                    aria-label="Find a desk"
                    placeholder="Find a desk"
                    value={filter}
                    onChange={(event) => setFilter(event.currentTarget.value)}
                  />
                )
              }
            >
              <DataTable
                label="Desks"
                rows={workspaces.filter((desk) => desk.workspace.includes(filter.trim().toLowerCase()))}
                columns={COLUMNS}
                id={(desk) => desk.workspace}
              />
            </Section>
          )
        }
      </Await>
      <AddDesk />
    </Page>
  );
}
