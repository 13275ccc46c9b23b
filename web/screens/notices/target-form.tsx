import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { components } from '../../generated/api.ts';
import { Fields } from '../../parts/fields.tsx';
import { roleText } from '../../parts/format.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { readFields, type Typed, typeSettings } from '../connections/settings/read-fields.ts';
import { SettingsFields } from '../connections/settings/settings-fields.tsx';
import { CHANNELS, type Channel } from './channels.ts';
import styles from './notices.module.css';

type Target = components['schemas']['NoticeTarget'];
type Kind = components['schemas']['Notice']['kind'];

const KINDS: readonly Kind[] = [
  'stage_changed',
  'assured_stage_changed',
  'conflict_found',
  'verdict_changed',
  'sync_broken',
  'sync_restored',
  'data_stale',
  'run_failed',
  'answers_expiring',
];

function isChannel(text: string): text is Channel {
  return text in CHANNELS;
}

/** Adds a target, or changes `target`: its secret is typed anew, so that it goes to no other address by mistake. */
export function TargetForm(props: {
  readonly workspace: string;
  readonly target?: Target | undefined;
  readonly mayReachPrivate: boolean;
  readonly done: () => void;
}) {
  const { workspace, target } = props;
  const [name, setName] = useState(target?.name ?? '');
  const [channel, setChannel] = useState<Channel>(target?.channel ?? 'webhook');
  const form = CHANNELS[channel];
  const [typed, setTyped] = useState<Typed>(target === undefined ? {} : typeSettings(form.fields, target.settings));
  const [secret, setSecret] = useState('');
  const [kinds, setKinds] = useState<string[]>(target?.kinds ?? []);
  const [isPrivate, setPrivate] = useState(target?.allow_private ?? false);
  const read = readFields(form.fields, typed);
  const save = useAct(
    () =>
      dataOf(
        api.PUT('/v1/workspaces/{workspace}/notice-targets/{name}', {
          params: { path: { workspace, name } },
          body: {
            channel,
            settings: { ...read.settings },
            secret: secret === '' ? { none: true } : { value: secret },
            allow_private: isPrivate,
            kinds: kinds.length === 0 ? null : KINDS.filter((kind) => kinds.includes(kind)),
          },
        }),
      ),
    [['notice-targets', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(read.problems).length === 0) save.mutate(undefined, { onSuccess: props.done });
  };
  return (
    <form onSubmit={submit}>
      <Fields>
        {target !== undefined ? null : (
          <>
            <TextInput
              label="Name"
              description="How you call it here"
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NativeSelect
              label="Channel"
              value={channel}
              data={Object.entries(CHANNELS).map(([value, { title }]) => ({ value, label: title }))}
              onChange={(event) => {
                if (isChannel(event.currentTarget.value)) setChannel(event.currentTarget.value);
                setTyped({});
              }}
            />
          </>
        )}
        <PasswordInput
          label={form.secret.label}
          description={form.secret.description}
          required={form.secret.required}
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        {props.mayReachPrivate ? (
          <Checkbox
            label="It is on a private address"
            description="As on the network of this server"
            checked={isPrivate}
            onChange={(event) => setPrivate(event.currentTarget.checked)}
          />
        ) : null}
      </Fields>
      <SettingsFields
        fields={form.fields}
        typed={typed}
        problems={read.problems}
        more="Port, security and login of the mail server."
        set={(path, text) => setTyped({ ...typed, [path]: text })}
      />
      <Checkbox.Group label="Told of" description="None chosen = of everything" value={kinds} onChange={setKinds}>
        <div className={styles.kinds}>
          {KINDS.map((kind) => (
            <Checkbox key={kind} value={kind} label={roleText(kind)} />
          ))}
        </div>
      </Checkbox.Group>
      <Button type="submit" loading={save.isPending}>
        {target === undefined ? 'Add' : 'Keep'}
      </Button>
      {save.isError ? <ProblemBox error={save.error} /> : null}
    </form>
  );
}
