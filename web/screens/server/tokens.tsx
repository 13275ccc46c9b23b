import { Alert, Button, Code, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { Role } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fields } from '../../parts/fields.tsx';
import { instantText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, ProblemBox } from '../../parts/states.tsx';
import { useTokens } from './use-tokens.ts';

type Token = components['schemas']['Token'];
const STALE = [['tokens']];

function Revoke({ token }: { readonly token: Token }) {
  const revoke = useAct(() => dataOf(api.DELETE('/v1/tokens/{id}', { params: { path: { id: token.id } } })), STALE);
  return (
    <>
      <Button size="compact-xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(undefined)}>
        Revoke
      </Button>
      {revoke.isError ? <ProblemBox error={revoke.error} /> : null}
    </>
  );
}

const COLUMNS: readonly Column<Token>[] = [
  { head: 'Name', cell: (token) => token.name, by: (token) => token.name },
  { head: 'Role', cell: (token) => token.role, by: (token) => token.role },
  { head: 'Opens', cell: (token) => token.workspaces?.join(', ') ?? 'all desks' },
  { head: 'Made', cell: (token) => instantText(token.created_at), by: (token) => token.created_at },
  { head: 'Ends', cell: (token) => (token.expires_at === null ? 'never' : instantText(token.expires_at)) },
  { head: 'Act', cell: (token) => <Revoke token={token} /> },
];

function AddToken() {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<number | string>(90);
  const add = useAct(
    () =>
      dataOf(api.POST('/v1/tokens', { body: { name, role, expires_in_days: typeof days === 'number' ? days : null } })),
    STALE,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <Section title="Make a token" note="It is shown once. It may do no more and lives no longer than your own.">
      <form onSubmit={submit}>
        <Fields>
          <TextInput label="Name" required value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <NativeSelect
            label="Role"
            value={role}
            data={['viewer', 'assessor', 'operator', 'admin']}
            onChange={(e) => setRole(e.currentTarget.value as Role)}
          />
          <NumberInput label="Days until it ends" min={1} max={3650} value={days} onChange={setDays} />
          <Button type="submit" loading={add.isPending}>
            Make it
          </Button>
        </Fields>
      </form>
      {add.isError ? <ProblemBox error={add.error} /> : null}
      {add.data === undefined ? null : (
        <Alert color="green" title={`Token ${add.data.name}: copy it now`}>
          <Code block>{add.data.token}</Code>
        </Alert>
      )}
    </Section>
  );
}

/** Who may come in by a token. */
export function Tokens() {
  const query = useTokens();
  return (
    <Page title="Tokens" lead="Each opens all desks or some, with a role, until it ends or is revoked.">
      <Section title="In force">
        <Await query={query} rows={2}>
          {({ tokens }) => <DataTable label="Tokens" rows={tokens} columns={COLUMNS} id={(token) => token.id} />}
        </Await>
      </Section>
      <AddToken />
    </Page>
  );
}
