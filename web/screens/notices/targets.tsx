import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { Section } from '../../parts/section.tsx';
import { Await, Empty, ProblemBox } from '../../parts/states.tsx';
import { CHANNELS } from './channels.ts';
import styles from './notices.module.css';
import { TargetForm } from './target-form.tsx';

type Target = components['schemas']['NoticeTarget'];

function TargetRow(props: { readonly workspace: string; readonly target: Target; readonly mayReachPrivate: boolean }) {
  const { workspace, target } = props;
  const [isChanging, setChanging] = useState(false);
  const remove = useAct(
    () =>
      dataOf(
        api.DELETE('/v1/workspaces/{workspace}/notice-targets/{name}', {
          params: { path: { workspace, name: target.name } },
        }),
      ),
    [['notice-targets', workspace]],
  );
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <div>
          <strong>{target.name}</strong>
          <span className={styles.soft}>
            {CHANNELS[target.channel].title} · told of{' '}
            {target.kinds === null ? 'everything' : target.kinds.join(', ').replaceAll('_', ' ')}
          </span>
        </div>
        <div className={styles.acts}>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isChanging}
            onClick={() => setChanging(!isChanging)}
          >
            Change
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            Remove
          </Button>
        </div>
      </div>
      {remove.isError ? <ProblemBox error={remove.error} /> : null}
      {isChanging ? (
        <div className={styles.change}>
          <TargetForm
            workspace={workspace}
            target={target}
            mayReachPrivate={props.mayReachPrivate}
            done={() => setChanging(false)}
          />
        </div>
      ) : null}
    </li>
  );
}

/** Where notices go; shown to those who may change it. */
export function Targets({ workspace }: { readonly workspace: string }) {
  const { session } = useSession();
  const may = session !== null && mayDo(session, 'operator');
  const mayReachPrivate = session !== null && mayDo(session, 'admin') && session.workspaces === null;
  const [added, setAdded] = useState(0);
  const query = useQuery({
    queryKey: ['notice-targets', workspace],
    queryFn: () => dataOf(api.GET('/v1/workspaces/{workspace}/notice-targets', { params: { path: { workspace } } })),
    enabled: may,
  });
  if (!may)
    return (
      <Section title="Who is told">
        <Empty title="Only operators see who is told" way="Ask one of them to add you." />
      </Section>
    );
  return (
    <>
      <Section title="Who is told">
        <Await query={query} rows={2}>
          {({ targets }) =>
            targets.length === 0 ? (
              <Empty title="Nobody is told" way="Add a webhook, a channel or a mailbox below." />
            ) : (
              <ul className={styles.rows}>
                {targets.map((target) => (
                  <TargetRow
                    key={target.name}
                    workspace={workspace}
                    target={target}
                    mayReachPrivate={mayReachPrivate}
                  />
                ))}
              </ul>
            )
          }
        </Await>
      </Section>
      <Section title="Tell somebody" note="What is secret is sealed and never shown again.">
        <TargetForm
          key={added}
          workspace={workspace}
          mayReachPrivate={mayReachPrivate}
          done={() => setAdded(added + 1)}
        />
      </Section>
    </>
  );
}
