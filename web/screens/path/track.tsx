import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { paths } from '../../generated/api.ts';
import { Fields } from '../../parts/fields.tsx';
import { dayText } from '../../parts/format.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './path.module.css';

type Reply = paths['/v1/workspaces/{workspace}/moves']['get']['responses'][200]['content']['application/json'];
export type Tracked = Reply['moves'][number];
type State = Tracked['state'];

const DONE = {
  yes: { tone: 'good', words: 'done, as its signals say' },
  no: { tone: 'plain', words: 'not done, as its signals say' },
  unknown: { tone: 'warn', words: 'no signal can tell' },
} as const;

/** Moves that somebody has taken on, and the stage that is to be reached. */
export function useTracked(workspace: string, model: string | undefined) {
  return useQuery({
    queryKey: ['moves', workspace, model],
    queryFn: () =>
      dataOf(
        api.GET('/v1/workspaces/{workspace}/moves', {
          params: { path: { workspace }, query: model === undefined ? {} : { model } },
        }),
      ),
  });
}

function TrackForm(props: {
  readonly workspace: string;
  readonly statement: string;
  readonly model: string | undefined;
  readonly tracked: Tracked | undefined;
  readonly close: () => void;
}) {
  const { workspace, statement, model, tracked } = props;
  const [owner, setOwner] = useState(tracked?.owner ?? '');
  const [due, setDue] = useState(tracked?.due ?? '');
  const [state, setState] = useState<State>(tracked?.state ?? 'planned');
  const save = useAct(
    () =>
      dataOf(
        api.PUT('/v1/workspaces/{workspace}/moves/{id}', {
          params: { path: { workspace, id: statement }, query: model === undefined ? {} : { model } },
          body: { owner: owner.trim() || null, due: due || null, state },
        }),
      ),
    [['moves', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: props.close });
  };
  return (
    <form onSubmit={submit}>
      <Fields>
        <TextInput
          size="xs"
          label="Who does it (a seat)"
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          type="date"
          label="Until"
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          label="State"
          value={state}
          data={['planned', 'started', 'dropped']}
          onChange={(event) => setState(event.currentTarget.value as State)}
        />
        <Button size="xs" type="submit" loading={save.isPending}>
          Save
        </Button>
      </Fields>
      {save.isError ? <ProblemBox error={save.error} /> : null}
    </form>
  );
}

/** Who does a move, until when, and whether its signals say that it is done. */
export function Track(props: {
  readonly workspace: string;
  readonly statement: string;
  readonly model: string | undefined;
  readonly tracked: Tracked | undefined;
}) {
  const { tracked } = props;
  const { session } = useSession();
  const [open, setOpen] = useState(false);
  const may = session !== null && mayDo(session, 'assessor');
  if (open) return <TrackForm {...props} close={() => setOpen(false)} />;
  return (
    <div className={styles.track}>
      {tracked === undefined ? null : (
        <>
          <Tag tone={tracked.state === 'started' ? 'accent' : 'plain'}>{tracked.state}</Tag>
          <Tag tone={DONE[tracked.done].tone}>{DONE[tracked.done].words}</Tag>
          <span>
            {tracked.owner ?? 'nobody yet'}
            {tracked.due === null ? '' : `, until ${dayText(tracked.due)}`}
          </span>
        </>
      )}
      {may ? (
        <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
          {tracked === undefined ? 'Take it on' : 'Change'}
        </Button>
      ) : null}
    </div>
  );
}
