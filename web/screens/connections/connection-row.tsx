import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { components } from '../../generated/api.ts';
import { dayText } from '../../parts/format.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Checked } from './checked.tsx';
import { ConnectForm } from './connect-form.tsx';
import styles from './connections.module.css';
import { useConnectors } from './use-connectors.ts';

type Connection = components['schemas']['Connection'];
type Act = 'check' | 'disconnect';

function useConnectionAct(workspace: string, name: string, act: Act) {
  const params = { path: { workspace, name } };
  return useAct(
    async () =>
      act === 'check'
        ? dataOf(api.POST('/v1/workspaces/{workspace}/connections/{name}/check', { params }))
        : void (await dataOf(api.POST('/v1/workspaces/{workspace}/connections/{name}/disconnect', { params }))),
    act === 'check' ? [] : [['connections', workspace]],
  );
}

/** One connection, and for those who may: asking it anew what may be read, changing its settings, no longer reading it. */
export function ConnectionRow(props: {
  readonly workspace: string;
  readonly row: Connection;
  readonly may: boolean;
  readonly mayReachPrivate: boolean;
}) {
  const { workspace, row } = props;
  const [isChanging, { toggle }] = useDisclosure(false);
  const check = useConnectionAct(workspace, row.name, 'check');
  const disconnect = useConnectionAct(workspace, row.name, 'disconnect');
  const connector = useConnectors().data?.connectors.find(({ id }) => id === row.vendor);
  const address = typeof row.settings.url === 'string' ? ` · ${row.settings.url}` : '';
  const error = check.error ?? disconnect.error;
  const isLive = row.status === 'connected' && connector !== undefined;
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <div>
          <span className={styles.name}>{row.name}</span>
          <span className={styles.soft}>
            {connector?.title ?? row.vendor}
            {row.role === 'desk' ? '' : ` · ${row.role}, beside the desks`}
            {address} · since {dayText(row.created_at)}
          </span>
        </div>
        <div className={styles.acts}>
          <Tag tone={row.status === 'connected' ? 'good' : 'plain'}>{row.status}</Tag>
          {props.may && isLive ? (
            <>
              <Button
                size="compact-sm"
                variant="default"
                loading={check.isPending}
                onClick={() => check.mutate(undefined)}
              >
                Check permissions
              </Button>
              <Button size="compact-sm" variant="default" aria-expanded={isChanging} onClick={toggle}>
                Change settings
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                loading={disconnect.isPending}
                onClick={() => disconnect.mutate(undefined)}
              >
                Disconnect
              </Button>
            </>
          ) : null}
        </div>
      </div>
      {error === null ? null : <ProblemBox error={error} />}
      {check.data === undefined ? null : <Checked check={check.data} />}
      {isChanging && connector !== undefined ? (
        <div className={styles.change}>
          <ConnectForm workspace={workspace} connector={connector} row={row} mayReachPrivate={props.mayReachPrivate} />
        </div>
      ) : null}
    </li>
  );
}
