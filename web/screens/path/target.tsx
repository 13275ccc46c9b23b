import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { StagedModel } from '../../../src/domain/staged-model.ts';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import { Fields } from '../../parts/fields.tsx';
import { dayText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';

/** The stage above a verdict; the highest one stays. Without a verdict the first that is more than where everybody begins. */
function nextOf({ stages }: StagedModel, placed: number | null): number {
  const above = stages.find(({ stage }) => stage > (placed ?? stages[0]?.stage ?? 0));
  return above?.stage ?? stages.at(-1)?.stage ?? 1;
}

/** The stage that the desk wants to reach, and by when. */
export function Target(props: {
  readonly workspace: string;
  readonly model: StagedModel;
  readonly target: { readonly stage: number; readonly due: string | null } | null;
  /** Stage that the verdict gives; null = none. What is offered first is the next one. */
  readonly placed: number | null;
}) {
  const { workspace, model, target, placed } = props;
  const { session } = useSession();
  const [stage, setStage] = useState(String(target?.stage ?? nextOf(model, placed)));
  const [due, setDue] = useState(target?.due ?? '');
  const save = useAct(
    () =>
      dataOf(
        api.PUT('/v1/workspaces/{workspace}/target', {
          params: { path: { workspace }, query: { model: model.id } },
          body: { stage: Number(stage), due: due || null },
        }),
      ),
    [['moves', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  const name = model.stages.find((each) => each.stage === target?.stage)?.name;
  return (
    <Section
      title="Target"
      note={
        target === null
          ? 'No target is set.'
          : `${String(target.stage)} ${name ?? ''}${target.due === null ? '' : ` by ${dayText(target.due)}`}.`
      }
    >
      {session === null || !mayDo(session, 'assessor') ? null : (
        <form onSubmit={submit}>
          <Fields>
            <NativeSelect
              size="xs"
              label="To reach"
              value={stage}
              data={model.stages.map((each) => ({
                value: String(each.stage),
                label: `${String(each.stage)} ${each.name}`,
              }))}
              onChange={(event) => setStage(event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              type="date"
              label="By"
              value={due}
              onChange={(event) => setDue(event.currentTarget.value)}
            />
            <Button size="xs" type="submit" variant="default" loading={save.isPending}>
              Set
            </Button>
          </Fields>
          {save.isError ? <ProblemBox error={save.error} /> : null}
        </form>
      )}
    </Section>
  );
}
