import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { instantText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty, ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { AddSchedule } from './add-schedule.tsx';

type Schedule = components['schemas']['Schedule'];

/** `every 86400` as `every day`; a cron line as it is, with its zone. */
function whenWords({ cron, tz, every_s }: Schedule): string {
  if (cron !== null) return `${cron} (${tz})`;
  if (every_s === null) return '–';
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
  ] as const;
  const [seconds, unit] = units.find(([each]) => every_s % each === 0) ?? [1, 'second'];
  const times = every_s / seconds;
  return times === 1 ? `every ${unit}` : `every ${String(times)} ${unit}s`;
}

const COLUMNS: readonly Column<Schedule>[] = [
  { head: 'Name', cell: (schedule) => schedule.name },
  { head: 'Does', cell: (schedule) => schedule.kind },
  { head: 'When', cell: whenWords },
  { head: 'Next', cell: (schedule) => (schedule.paused ? '–' : instantText(schedule.next_at)) },
  {
    head: 'State',
    cell: (schedule) => (schedule.paused ? <Tag tone="warn">paused</Tag> : <Tag tone="good">on</Tag>),
  },
];

function Acts({ schedule }: { readonly schedule: Schedule }) {
  const path = { workspace: schedule.workspace, name: schedule.name };
  const stale = [['schedules', schedule.workspace]];
  const pause = useAct(
    () =>
      schedule.paused
        ? dataOf(api.POST('/v1/workspaces/{workspace}/schedules/{name}/resume', { params: { path } }))
        : dataOf(api.POST('/v1/workspaces/{workspace}/schedules/{name}/pause', { params: { path } })),
    stale,
  );
  const remove = useAct(
    () => dataOf(api.DELETE('/v1/workspaces/{workspace}/schedules/{name}', { params: { path } })),
    stale,
  );
  return (
    <Group gap="xs">
      <Button size="compact-xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate(undefined)}>
        {schedule.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button size="compact-xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
        Remove
      </Button>
      {pause.isError ? <ProblemBox error={pause.error} /> : null}
      {remove.isError ? <ProblemBox error={remove.error} /> : null}
    </Group>
  );
}

/** What runs by itself, and when. */
export function Schedules() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { session } = useSession();
  const query = useQuery({
    queryKey: ['schedules', workspace],
    queryFn: () => dataOf(api.GET('/v1/workspaces/{workspace}/schedules', { params: { path: { workspace } } })),
  });
  const may = session !== null && mayDo(session, 'operator');
  const columns = may ? [...COLUMNS, { head: 'Act', cell: (row: Schedule) => <Acts schedule={row} /> }] : COLUMNS;
  return (
    <Page title="Schedules" lead="What is read and measured by itself, and when.">
      <Section title="All schedules">
        <Await query={query} rows={2}>
          {({ schedules }) =>
            schedules.length === 0 ? (
              <Empty title="Nothing runs by itself yet" way="A daily snapshot keeps the trend and the notices alive." />
            ) : (
              <DataTable label="Schedules" rows={schedules} columns={columns} id={(row) => row.name} />
            )
          }
        </Await>
      </Section>
      {may ? <AddSchedule workspace={workspace} /> : null}
    </Page>
  );
}
