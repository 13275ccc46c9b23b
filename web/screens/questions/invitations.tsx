import { Alert, Button, Code, CopyButton, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fields } from '../../parts/fields.tsx';
import { dayText, roleText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { Await, Empty, ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';

type Invitation = components['schemas']['Invitation'];

const WORDS = { open: 'link not opened yet', used: 'link opened', expired: 'expired', revoked: 'revoked' } as const;
const TONES = { open: 'accent', used: 'good', expired: 'plain', revoked: 'plain' } as const;

function Revoke({ row }: { readonly row: Invitation }) {
  const { workspace, id } = row;
  const revoke = useAct(
    () => dataOf(api.DELETE('/v1/workspaces/{workspace}/invitations/{id}', { params: { path: { workspace, id } } })),
    [['invitations', workspace]],
  );
  if (row.state !== 'open' && row.state !== 'used') return null;
  return (
    <Button size="compact-xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(undefined)}>
      Revoke
    </Button>
  );
}

const COLUMNS: readonly Column<Invitation>[] = [
  { head: 'Respondent', cell: (row) => row.respondent, by: (row) => row.respondent },
  { head: 'Role', cell: (row) => roleText(row.role), by: (row) => row.role },
  { head: 'State', cell: (row) => <Tag tone={TONES[row.state]}>{WORDS[row.state]}</Tag>, by: (row) => row.state },
  { head: 'Ends', cell: (row) => dayText(row.expires_at), by: (row) => row.expires_at },
  { head: 'Act', cell: (row) => <Revoke row={row} /> },
];

function Invite(props: { readonly workspace: string; readonly model: string; readonly roles: readonly string[] }) {
  const { workspace, model, roles } = props;
  const [respondent, setRespondent] = useState('');
  const [role, setRole] = useState(roles[0] ?? 'support_lead');
  const [days, setDays] = useState<number | string>(14);
  const invite = useAct(
    () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/invitations', {
          params: { path: { workspace } },
          body: { respondent: respondent.trim(), role, model, expires_in_days: Number(days) },
        }),
      ),
    [['invitations', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Fields>
        <TextInput
          label="Respondent"
          description="A seat or initials, never an address"
          required
          value={respondent}
          onChange={(event) => setRespondent(event.currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          value={role}
          data={roles.map((each) => ({ value: each, label: roleText(each) }))}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <NumberInput label="Days until it ends" min={1} max={90} value={days} onChange={setDays} />
        <Button type="submit" variant="default" loading={invite.isPending}>
          Make a link
        </Button>
      </Fields>
      {invite.isError ? <ProblemBox error={invite.error} /> : null}
      {invite.data === undefined ? null : (
        <Alert color="green" title={`Send this link to ${invite.data.respondent}; it is shown once and opens once`}>
          <Code block>{invite.data.link}</Code>
          <CopyButton value={invite.data.link}>
            {({ copied, copy }) => (
              <Button size="xs" mt="sm" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Alert>
      )}
    </form>
  );
}

/** Links that let one person answer and see nothing else, and what came of them. */
export function Invitations(props: {
  readonly workspace: string;
  readonly model: string;
  readonly roles: readonly string[];
}) {
  const { workspace } = props;
  const query = useQuery({
    queryKey: ['invitations', workspace],
    queryFn: () => dataOf(api.GET('/v1/workspaces/{workspace}/invitations', { params: { path: { workspace } } })),
  });
  return (
    <Section title="Invitations" note="Whoever opens a link answers as that respondent and sees nothing else.">
      <Invite {...props} />
      <Await query={query} rows={1}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <Empty title="Nobody is invited yet" />
          ) : (
            <DataTable label="Invitations" rows={invitations} columns={COLUMNS} id={(row) => row.id} />
          )
        }
      </Await>
    </Section>
  );
}
