import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { viewOptions } from '../../api/queries.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import { instantText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Progress } from '../runs/progress.tsx';
import { AskForRun } from '../runs/runs.tsx';
import { isOpen, useRuns } from '../runs/use-runs.ts';
import { AddConnection } from './add-connection.tsx';
import { ConnectionRow } from './connection-row.tsx';
import styles from './connections.module.css';
import { Matches } from './matches.tsx';
import { SetAside } from './set-aside.tsx';
import { Sources } from './sources.tsx';
import { Unseen } from './unseen.tsx';

const WORDS = { sync: 'Sync', snapshot: 'Snapshot', maintain: 'Upkeep' } as const;

/** Runs that are open, followed as they go. */
function Live({ workspace }: { readonly workspace: string }) {
  const runs = useRuns(workspace).data?.runs ?? [];
  const open = runs.filter(isOpen);
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
          <strong>{WORDS[run.kind]}</strong>
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
  const mayReachPrivate = session !== null && mayDo(session, 'admin') && session.workspaces === null;
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
      <Section
        title="Helpdesks and files"
        actions={
          may ? (
            <Link to="/w/$workspace/import" params={{ workspace }}>
              Import a file
            </Link>
          ) : null
        }
      >
        <Await query={query} rows={2}>
          {({ connections }) =>
            connections.length === 0 ? (
              <Empty title="Nothing is connected yet" way="Connect a helpdesk below, or import a file." />
            ) : (
              <ul className={styles.rows}>
                {connections.map((row) => (
                  <ConnectionRow
                    key={row.name}
                    workspace={workspace}
                    row={row}
                    may={may}
                    mayReachPrivate={mayReachPrivate}
                  />
                ))}
              </ul>
            )
          }
        </Await>
      </Section>
      <Live workspace={workspace} />
      <Sources workspace={workspace} />
      <Matches workspace={workspace} may={may} />
      {home.data === undefined ? null : <Unseen home={home.data} workspace={workspace} />}
      {(query.data?.connections ?? []).map(({ name }) => (
        <SetAside key={name} workspace={workspace} connection={name} />
      ))}
      {may ? <AddConnection workspace={workspace} mayReachPrivate={mayReachPrivate} /> : null}
    </Page>
  );
}
