import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { viewOptions } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { dayText, instantText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty, ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Progress } from '../runs/progress.tsx';
import { AskForRun, useRuns } from '../runs/runs.tsx';
import { AddConnection } from './add-connection.tsx';
import styles from './connections.module.css';
import { Sources } from './sources.tsx';

type Connection = components['schemas']['Connection'];

function Disconnect({ workspace, name }: { readonly workspace: string; readonly name: string }) {
  const act = useAct(
    () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/connections/{name}/disconnect', {
          params: { path: { workspace, name } },
        }),
      ),
    [['connections', workspace]],
  );
  return (
    <>
      <Button size="compact-xs" variant="default" loading={act.isPending} onClick={() => act.mutate(undefined)}>
        Disconnect
      </Button>
      {act.isError ? <ProblemBox error={act.error} /> : null}
    </>
  );
}

function ConnectionRow(props: { readonly workspace: string; readonly row: Connection; readonly may: boolean }) {
  const { row } = props;
  const address = typeof row.settings.url === 'string' ? row.settings.url : row.vendor;
  return (
    <li className={styles.row}>
      <div>
        <span className={styles.name}>{row.name}</span>
        <span className={styles.soft}>
          {row.vendor} · {address} · since {dayText(row.created_at)}
        </span>
      </div>
      <div className={styles.acts}>
        <Tag tone={row.status === 'connected' ? 'good' : 'plain'}>{row.status}</Tag>
        {props.may && row.status === 'connected' ? <Disconnect workspace={props.workspace} name={row.name} /> : null}
      </div>
    </li>
  );
}

/** Runs that are open, followed as they go. */
function Live({ workspace }: { readonly workspace: string }) {
  const runs = useRuns(workspace).data?.runs ?? [];
  const open = runs.filter((run) => run.status === 'running' || run.status === 'queued' || run.status === 'due');
  const last = runs.find((run) => run.status === 'failed' || run.status === 'done');
  if (open.length === 0 && last === undefined) return null;
  return (
    <Section title="Reading now">
      {open.length === 0 && last !== undefined ? (
        <p className={styles.soft}>
          Nothing is being read. The last {last.kind} ended {instantText(last.ended_at)}:{' '}
          {last.failure === null ? last.status : `${last.failure.message} ${last.failure.remedy}`}
        </p>
      ) : null}
      {open.map((run) => (
        <div key={run.id} className={styles.run}>
          <strong>{run.kind}</strong>
          {run.progress === null ? (
            <span className={styles.soft}>waits for a worker</span>
          ) : (
            <Progress progress={run.progress} />
          )}
        </div>
      ))}
    </Section>
  );
}

/** Where the records come from, how whole they are, and what would let more be seen. */
export function Connections() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { session } = useSession();
  const may = session !== null && mayDo(session, 'operator');
  const query = useQuery({
    queryKey: ['connections', workspace],
    queryFn: () => dataOf(api.GET('/v1/workspaces/{workspace}/connections', { params: { path: { workspace } } })),
  });
  const home = useQuery({ ...viewOptions(workspace, 'home'), retry: false });
  return (
    <Page
      title="Connections"
      over={workspace}
      lead="Where the records come from. A token that may only read is enough."
      actions={<AskForRun workspace={workspace} />}
    >
      <Section title="Helpdesks and files">
        <Await query={query} rows={2}>
          {({ connections }) =>
            connections.length === 0 ? (
              <Empty
                title="Nothing is connected yet"
                way="Connect a helpdesk below, or import files with plumbline import."
              />
            ) : (
              <ul className={styles.rows}>
                {connections.map((row) => (
                  <ConnectionRow key={row.name} workspace={workspace} row={row} may={may} />
                ))}
              </ul>
            )
          }
        </Await>
      </Section>
      <Live workspace={workspace} />
      {home.data === undefined ? null : <Sources home={home.data} workspace={workspace} />}
      {may ? <AddConnection workspace={workspace} /> : null}
    </Page>
  );
}
