import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { components } from '../../generated/api.ts';
import { Fields } from '../../parts/fields.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Checked } from './checked.tsx';
import { describeFields, type JsonSchema } from './settings/describe-fields.ts';
import { readFields, type Typed, typeSettings } from './settings/read-fields.ts';
import { SettingsFields } from './settings/settings-fields.tsx';

type Connector = components['schemas']['Connector'];
type Connection = components['schemas']['Connection'];
type SecretForm = Connector['secrets'][number];

/** The secret as the connector reads it: one text, or JSON of its parts. */
function secretOf({ parts }: SecretForm, typed: Typed): string {
  if (parts.length === 0) return typed[''] ?? '';
  return JSON.stringify(Object.fromEntries(parts.map(({ name }) => [name, typed[name] ?? ''])));
}

function SecretFields(props: {
  readonly form: SecretForm;
  readonly typed: Typed;
  readonly set: (name: string, text: string) => void;
}) {
  const { form } = props;
  const parts = form.parts.length === 0 ? [{ name: '', title: form.title }] : form.parts;
  return parts.map(({ name, title }) => (
    <PasswordInput
      key={name}
      label={title}
      description={form.description}
      required
      autoComplete="off"
      value={props.typed[name] ?? ''}
      onChange={(event) => props.set(name, event.currentTarget.value)}
    />
  ));
}

/** Counts of self-service come from a file and are no account. */
type AccountRole = Exclude<Connection['role'], 'deflection'>;

const ROLES: readonly { readonly value: AccountRole; readonly label: string }[] = [
  { value: 'desk', label: 'a helpdesk' },
  { value: 'engineering', label: 'an issue tracker beside the desk' },
  { value: 'customers', label: 'a record of customers (CRM) beside the desk' },
];

/**
 * A form drawn from what the connector says of its settings. The helpdesk is asked at once; nothing is kept unless it accepts the credentials.
 * With `row` the settings of that connection are changed: its secret is typed anew, so that nobody sends it to an address of their choice.
 */
export function ConnectForm(props: {
  readonly workspace: string;
  readonly connector: Connector;
  readonly row?: Connection | undefined;
  readonly mayReachPrivate: boolean;
}) {
  const { workspace, connector, row } = props;
  const fields = describeFields(connector.settings as JsonSchema);
  const [name, setName] = useState(row?.name ?? '');
  const [typed, setTyped] = useState<Typed>(row === undefined ? {} : typeSettings(fields, row.settings));
  const [way, setWay] = useState(0);
  const [secret, setSecret] = useState<Typed>({});
  const [isPrivate, setPrivate] = useState(row?.allow_private ?? false);
  const [role, setRole] = useState<AccountRole>(row === undefined || row.role === 'deflection' ? 'desk' : row.role);
  const [isAsked, setAsked] = useState(false);
  const form = connector.secrets[way] ?? connector.secrets[0];
  const read = readFields(fields, typed);
  const connect = useAct(
    () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/connections', {
          params: { path: { workspace } },
          body: {
            name: name === '' ? connector.id : name,
            vendor: connector.id,
            role,
            settings: { ...read.settings },
            secret: form === undefined ? { none: true } : { value: secretOf(form, secret) },
            allow_private: isPrivate,
          },
        }),
      ),
    [['connections', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(read.problems).length === 0) connect.mutate(undefined, { onSuccess: () => setSecret({}) });
  };
  return (
    <>
      <form onSubmit={submit}>
        {row !== undefined ? null : (
          <Fields>
            <TextInput
              label="Name"
              description="How you call it here"
              placeholder={connector.id}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Fields>
        )}
        <SettingsFields
          fields={fields}
          typed={typed}
          problems={isAsked ? read.problems : {}}
          more="Without them things are recognised by their names."
          set={(path, text) => setTyped({ ...typed, [path]: text })}
        />
        <Fields>
          <NativeSelect
            label="It is"
            description="What stands beside the desk is in no figure of its own"
            value={role}
            data={ROLES}
            onChange={(event) => setRole(event.currentTarget.value as AccountRole)}
          />
          {connector.secrets.length < 2 ? null : (
            <NativeSelect
              label="Signs in with"
              value={String(way)}
              data={connector.secrets.map(({ title }, index) => ({ value: String(index), label: title }))}
              onChange={(event) => setWay(Number(event.currentTarget.value))}
            />
          )}
          {form === undefined ? null : (
            <SecretFields form={form} typed={secret} set={(part, text) => setSecret({ ...secret, [part]: text })} />
          )}
          {props.mayReachPrivate ? (
            <Checkbox
              label="It is on a private address"
              description="As on the network of this server"
              checked={isPrivate}
              onChange={(event) => setPrivate(event.currentTarget.checked)}
            />
          ) : null}
          <Button type="submit" loading={connect.isPending}>
            {row === undefined ? 'Check and connect' : 'Check and keep'}
          </Button>
        </Fields>
      </form>
      {connect.isError ? <ProblemBox error={connect.error} /> : null}
      {connect.data === undefined ? null : <Checked check={connect.data} />}
    </>
  );
}
