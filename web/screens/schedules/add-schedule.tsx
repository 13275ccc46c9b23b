import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { Fields } from '../../parts/fields.tsx';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A new schedule, or the same one with another time: the name decides. */
export function AddSchedule({ workspace }: { readonly workspace: string }) {
  const [name, setName] = useState('daily');
  const [kind, setKind] = useState<'snapshot' | 'sync'>('snapshot');
  const [cron, setCron] = useState('30 6 * * 1-5');
  const [tz, setTz] = useState(ZONE);
  const add = useAct(
    () =>
      dataOf(
        api.PUT('/v1/workspaces/{workspace}/schedules/{name}', {
          params: { path: { workspace, name } },
          body: { kind, cron, tz },
        }),
      ),
    [['schedules', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <Section title="Add a schedule" note="The time is that of the zone, summer time included.">
      <form onSubmit={submit}>
        <Fields>
          <TextInput label="Name" required value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <NativeSelect
            label="Does"
            value={kind}
            onChange={(e) => setKind(e.currentTarget.value === 'sync' ? 'sync' : 'snapshot')}
            data={[
              { value: 'snapshot', label: 'Sync and take a snapshot' },
              { value: 'sync', label: 'Sync only' },
            ]}
          />
          <TextInput
            label="When"
            description="minute, hour, day, month, weekday"
            required
            value={cron}
            onChange={(e) => setCron(e.currentTarget.value)}
          />
          <TextInput label="Time zone" required value={tz} onChange={(e) => setTz(e.currentTarget.value)} />
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </Fields>
        {add.isError ? <ProblemBox error={add.error} /> : null}
      </form>
    </Section>
  );
}
