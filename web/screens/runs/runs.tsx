import { Button, Group } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { instantText } from '../../parts/format.ts';
import { Older } from '../../parts/older.tsx';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty, ProblemBox } from '../../parts/states.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';
import { Progress } from './progress.tsx';
import { isOpen, useRuns } from './use-runs.ts';

type Run = components['schemas']['Run'];

const TONES: Readonly<Record<Run['status'], Tone>> = {
  due: 'plain',
  queued: 'plain',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};
const KEY_OF_HAND = 'token:';

/** The schedule, or that it was asked for by hand: whose token it was stands in the audit log. */
function askedBy({ schedule, requested_by }: Run): string {
  if (schedule !== null) return schedule;
  return requested_by.startsWith(KEY_OF_HAND) ? 'by hand' : requested_by;
}

function Outcome({ run }: { readonly run: Run }) {
  if (run.status === 'running' && run.progress !== null) return <Progress progress={run.progress} />;
  if (run.failure !== null)
    return (
      <span>
        {run.failure.message} {run.failure.remedy}
      </span>
    );
  return run.digest === null ? '–' : <code>{run.digest.slice(0, 12)}</code>;
}

function Acts({ run }: { readonly run: Run }) {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const path = { workspace, id: run.id };
  const stale = [['runs', workspace]];
  const cancel = useAct(
    () => dataOf(api.POST('/v1/workspaces/{workspace}/runs/{id}/cancel', { params: { path } })),
    stale,
  );
  const retry = useAct(
    () => dataOf(api.POST('/v1/workspaces/{workspace}/runs/{id}/retry', { params: { path } })),
    stale,
  );
  if (isOpen(run))
    return (
      <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
        Cancel
      </Button>
    );
  if (run.status !== 'failed') return null;
  return (
    <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
      Retry
    </Button>
  );
}

const COLUMNS: readonly Column<Run>[] = [
  { head: 'What', cell: (run) => (run.kind === 'maintain' ? 'Upkeep' : run.kind === 'sync' ? 'Sync' : 'Snapshot') },
  { head: 'State', cell: (run) => <Tag tone={TONES[run.status]}>{run.status}</Tag>, by: (run) => run.status },
  { head: 'Asked by', cell: askedBy },
  { head: 'Asked for', cell: (run) => instantText(run.created_at), by: (run) => run.created_at },
  { head: 'Ended', cell: (run) => instantText(run.ended_at), by: (run) => run.ended_at },
  { head: 'Outcome', cell: (run) => <Outcome run={run} /> },
];

/** Buttons that ask for a sync and for a snapshot now. */
export function AskForRun({ workspace }: { readonly workspace: string }) {
  const { session } = useSession();
  const ask = useAct(
    (kind: 'sync' | 'snapshot') =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/runs', {
          params: { path: { workspace } },
          body: kind === 'sync' ? { kind } : { kind, sync: true },
        }),
      ),
    [['runs', workspace]],
  );
  if (session === null || !mayDo(session, 'operator')) return null;
  return (
    <>
      <Group gap="xs">
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate('sync')}>
          Sync now
        </Button>
        <Button loading={ask.isPending} onClick={() => ask.mutate('snapshot')}>
          Take a snapshot
        </Button>
      </Group>
      {ask.isError ? <ProblemBox error={ask.error} /> : null}
    </>
  );
}

/** What was done, is being done and is waiting to be done for a workspace. */
export function Runs() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { session } = useSession();
  const query = useRuns(workspace);
  const columns =
    session !== null && mayDo(session, 'operator')
      ? [...COLUMNS, { head: 'Act', cell: (run: Run) => <Acts run={run} /> }]
      : COLUMNS;
  return (
    <Page
      title="Runs"
      lead="Reading the helpdesk and taking snapshots, newest first. Open runs are followed as they go."
      actions={<AskForRun workspace={workspace} />}
    >
      <Await query={query}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty title="Nothing has run here yet" way="Ask for a snapshot, or make a schedule that does." />
          ) : (
            <Section title="All runs">
              <DataTable label="Runs" rows={runs} columns={columns} id={(run) => run.id} />
              <Older list={query} />
            </Section>
          )
        }
      </Await>
    </Page>
  );
}
