import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fields } from '../../parts/fields.tsx';
import { countText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';

type Stream = components['schemas']['ConnectionCheck']['streams'][number];

const COLUMNS: readonly Column<Stream>[] = [
  { head: 'Stream', cell: (row) => row.title },
  { head: 'Can be read', cell: (row) => <Tag tone={row.status === 'available' ? 'good' : 'warn'}>{row.status}</Tag> },
  { head: 'Records', cell: (row) => (row.total === null ? '–' : countText(row.total)), end: true },
  { head: 'Why, and the way out', cell: (row) => row.detail ?? '–' },
];
const EMPTY = { name: '', vendor: 'zendesk', url: '', user: '', token: '' };

/** A helpdesk is asked at once; nothing is kept unless it accepts the credentials, and what they may read is told. */
export function AddConnection({ workspace }: { readonly workspace: string }) {
  const [form, setForm] = useState(EMPTY);
  const [isPrivate, setPrivate] = useState(false);
  const set = (field: keyof typeof EMPTY) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setForm({ ...form, [field]: event.currentTarget.value });
  const connect = useAct(
    () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/connections', {
          params: { path: { workspace } },
          body: {
            name: form.name || form.vendor,
            vendor: form.vendor,
            settings: { url: form.url, ...(form.user === '' ? {} : { user: form.user }) },
            secret: { value: form.token },
            allow_private: isPrivate,
          },
        }),
      ),
    [['connections', workspace]],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    connect.mutate(undefined, { onSuccess: () => setForm({ ...form, token: '' }) });
  };
  return (
    <Section
      title="Connect a helpdesk"
      note="It is asked at once what the token may read. The token is sealed and never shown again."
    >
      <form onSubmit={submit}>
        <Fields>
          <TextInput
            label="Kind"
            description="zendesk, request-tracker …"
            required
            value={form.vendor}
            onChange={set('vendor')}
          />
          <TextInput
            label="Name"
            description="How you call it here"
            placeholder={form.vendor}
            value={form.name}
            onChange={set('name')}
          />
          <TextInput
            label="Address"
            description="https://…"
            type="url"
            required
            value={form.url}
            onChange={set('url')}
          />
          <TextInput
            label="User"
            description="Where the token belongs to one"
            value={form.user}
            onChange={set('user')}
          />
          <PasswordInput
            label="Token"
            description="May only read"
            required
            autoComplete="off"
            value={form.token}
            onChange={set('token')}
          />
          <Checkbox
            label="It is on a private address"
            description="Only for admins of all desks"
            checked={isPrivate}
            onChange={(event) => setPrivate(event.currentTarget.checked)}
          />
          <Button type="submit" loading={connect.isPending}>
            Check and connect
          </Button>
        </Fields>
      </form>
      {connect.isError ? <ProblemBox error={connect.error} /> : null}
      {connect.data === undefined ? null : (
        <DataTable label="What it may read" rows={connect.data.streams} columns={COLUMNS} id={(row) => row.stream} />
      )}
    </Section>
  );
}
