import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import { Fields } from '../../parts/fields.tsx';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';

/** A new workspace; its connections come next. */
export function AddDesk() {
  const { session } = useSession();
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const add = useAct(() => dataOf(api.POST('/v1/workspaces', { body: { name } })), [['fleet']]);
  if (session === null || !mayDo(session, 'admin')) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/w/$workspace/connections', params: { workspace: name } }),
    });
  };
  return (
    <Section title="Add a desk" note="Small letters, digits, hyphens. Its helpdesk is connected next.">
      <form onSubmit={submit}>
        <Fields>
          <TextInput
            label="Name"
            required
            pattern="[a-z0-9][a-z0-9_\-]*"
            maxLength={63}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={add.isPending} variant="default">
            Add
          </Button>
        </Fields>
      </form>
      {add.isError ? <ProblemBox error={add.error} /> : null}
    </Section>
  );
}
