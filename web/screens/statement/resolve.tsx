import { Button, NumberInput, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { StatementView } from '../../../src/report/view/statement.ts';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { components } from '../../generated/api.ts';
import { Fields } from '../../parts/fields.tsx';
import { dayText } from '../../parts/format.ts';
import { OutsideLink } from '../../parts/links.tsx';
import { Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './statement.module.css';

type Resolution = Omit<components['schemas']['Resolution'], 'basis'>;
type Kind = Resolution['kind'];

const KINDS: Readonly<Record<Kind, { readonly label: string; readonly text: string }>> = {
  keep_claim: {
    label: 'Keep the claim',
    text: 'People are right: somebody looked at a proof. It ends by a day you set.',
  },
  accept_data: { label: 'Accept the data', text: 'The records are right: what people said no longer counts here.' },
  not_applicable: { label: 'Not applicable', text: 'The statement does not apply to this desk.' },
};
const ENDS = {
  evidence: 'ended, since records now speak against it',
  withdrawn: 'taken back',
  replaced: 'replaced by another one',
} as const;

function Standing(props: { readonly resolution: Resolution; readonly withdraw: (() => void) | null }) {
  const { resolution } = props;
  return (
    <div className={styles.row}>
      <div className={styles.rowHead}>
        <span className={styles.name}>{KINDS[resolution.kind].label}</span>
        <Tag tone={resolution.ended === null ? 'accent' : 'plain'}>
          {resolution.ended === null ? 'in force' : ENDS[resolution.ended]}
        </Tag>
      </div>
      <p className={styles.soft}>
        {resolution.reason} · {resolution.by}, {dayText(resolution.at)}
        {resolution.expires_at === null ? '' : `, until ${dayText(resolution.expires_at)}`}
      </p>
      {resolution.proof === null ? null : (
        <p className={styles.soft}>
          <OutsideLink url={resolution.proof}>{resolution.proof}</OutsideLink>
        </p>
      )}
      {props.withdraw === null || resolution.ended !== null ? null : (
        <Button size="compact-xs" variant="default" mt="xs" onClick={props.withdraw}>
          Take it back
        </Button>
      )}
    </div>
  );
}

function ResolveForm(props: {
  readonly workspace: string;
  readonly statement: string;
  readonly model: string | undefined;
}) {
  const { workspace, statement, model } = props;
  const [kind, setKind] = useState<Kind>('accept_data');
  const [reason, setReason] = useState('');
  const [by, setBy] = useState('');
  const [proof, setProof] = useState('');
  const [days, setDays] = useState<number | string>(180);
  const params = { path: { workspace, id: statement }, query: model === undefined ? {} : { model } };
  const settle = useAct(() => {
    const said = { reason: reason.trim(), by: by.trim(), expires_in_days: Number(days) };
    const body = kind === 'keep_claim' ? { kind, ...said, proof: proof.trim() } : { kind, ...said };
    return dataOf(api.POST('/v1/workspaces/{workspace}/statements/{id}/resolution', { params, body }));
  }, [['resolutions', workspace]]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    settle.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Radio.Group label="How" value={kind} onChange={(value) => setKind(value as Kind)} mb="md">
        <Stack gap="xs" mt="xs">
          {(Object.keys(KINDS) as Kind[]).map((each) => (
            <Radio key={each} value={each} label={KINDS[each].label} description={KINDS[each].text} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label="Reason"
        required
        minLength={5}
        maxLength={2000}
        autosize
        mb="md"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Fields>
        {kind === 'keep_claim' ? (
          <TextInput
            label="Proof"
            description="What you have looked at"
            type="url"
            placeholder="https://"
            pattern="https://.+"
            required
            value={proof}
            onChange={(event) => setProof(event.currentTarget.value)}
          />
        ) : null}
        <TextInput
          label="Settled by"
          description="A seat, no address"
          required
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <NumberInput
          label="For days"
          description="Then it is asked again"
          min={1}
          max={730}
          value={days}
          onChange={setDays}
        />
      </Fields>
      {settle.isError ? <ProblemBox error={settle.error} /> : null}
      <Button type="submit" loading={settle.isPending}>
        Settle it
      </Button>
    </form>
  );
}

/** Settles that people and records disagree: with a reason, for a time, until contrary evidence; what stands is shown. */
export function Resolve({ view, workspace }: { readonly view: StatementView; readonly workspace: string }) {
  const { session } = useSession();
  const { model } = useSearch({ from: '/signed-in/w/$workspace' });
  const query = model === undefined ? {} : { model };
  const known = useQuery({
    queryKey: ['resolutions', workspace, model],
    queryFn: () =>
      dataOf(api.GET('/v1/workspaces/{workspace}/resolutions', { params: { path: { workspace }, query } })),
  });
  const withdraw = useAct(
    () =>
      dataOf(
        api.DELETE('/v1/workspaces/{workspace}/statements/{id}/resolution', {
          params: { path: { workspace, id: view.id }, query },
        }),
      ),
    [['resolutions', workspace]],
  );
  const may = session !== null && mayDo(session, 'assessor');
  const own = known.data?.resolutions.filter((one) => one.criterion === view.id) ?? [];
  const stands = own.some((one) => one.ended === null);
  const disputed = view.conflict !== null || (view.gap?.flag_words ?? '') !== '';
  if (own.length === 0 && !(disputed && may)) return null;
  return (
    <Section
      title="Settle the disagreement"
      note="It counts from the next snapshot on, is kept in the audit log, and ends when records speak against it."
    >
      {own.map((resolution) => (
        <Standing
          key={resolution.id}
          resolution={resolution}
          withdraw={may ? () => withdraw.mutate(undefined) : null}
        />
      ))}
      {withdraw.isError ? <ProblemBox error={withdraw.error} /> : null}
      {stands || !may ? null : <ResolveForm workspace={workspace} statement={view.id} model={model} />}
    </Section>
  );
}
