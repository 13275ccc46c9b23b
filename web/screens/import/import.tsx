import { Button, Checkbox, FileInput, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { useAct } from '../../api/use-act.ts';
import { Fields } from '../../parts/fields.tsx';
import { countText, percentText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { bringFile, type Upload } from './bring-file.ts';
import { DryRun } from './dry-run.tsx';
import styles from './import.module.css';
import { type Answers, Points } from './points.tsx';
import { Recognised } from './recognised.tsx';

/** A text that was begun and not typed is no answer yet. */
function given(answers: Answers): Record<string, number | string> {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== ''));
}

function nameOf(file: string): string {
  const name = file
    .toLowerCase()
    .replace(/\.(csv|tsv|tab|txt|jsonl|ndjson|json|parquet|xlsx|gz)\b/g, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return name === '' ? 'file' : name.slice(0, 60);
}

/** The dry run and the import of a file whose meaning is settled as far as it is going to be. */
function Take(props: { readonly workspace: string; readonly upload: Upload; readonly answers: Answers }) {
  const { workspace, upload } = props;
  const [name, setName] = useState(nameOf(upload.name));
  const [replace, setReplace] = useState(false);
  const [accepts, setAccepts] = useState(false);
  const path = { workspace, id: upload.id };
  const answers = given(props.answers);
  const check = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/uploads/{id}/check', {
          params: { path },
          body: { answers, mapping: null, accept_loss: accepts },
        }),
      ),
  });
  const take = useAct(
    () =>
      dataOf(
        api.POST('/v1/workspaces/{workspace}/uploads/{id}/import', {
          params: { path },
          body: { answers, mapping: null, accept_loss: accepts, name, replace },
        }),
      ),
    [
      ['connections', workspace],
      ['view', workspace],
      ['set-aside', workspace],
    ],
  );
  const done = take.data;
  return (
    <>
      <Section title="Dry run" note="What would be stored and what not. Nothing is stored by it.">
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          Try it out
        </Button>
        {check.isError ? <ProblemBox error={check.error} /> : null}
        {check.data === undefined ? null : <DryRun check={check.data} />}
      </Section>
      <Section title="Import" note="The file itself is removed from the server afterwards.">
        {done !== undefined ? (
          <div role="status">
            <p className={styles.told}>
              {done.unchanged
                ? `${done.connection}: this file was imported before; nothing was read again.`
                : `${done.connection}: ${countText(done.rows)} rows, ${countText(done.tickets)} tickets, ${countText(done.written)} records.`}
            </p>
            {done.tells.map((line) => (
              <p key={line} className={styles.soft}>
                {line}
              </p>
            ))}
            <Link to="/w/$workspace/connections" params={{ workspace }}>
              Go on: take a snapshot
            </Link>
          </div>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              take.mutate(undefined);
            }}
          >
            <Fields>
              <TextInput
                label="Name"
                description="Of the connection that the records belong to"
                required
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Checkbox
                label="Replace what is there"
                description="Of an earlier import of that name"
                checked={replace}
                onChange={(event) => setReplace(event.currentTarget.checked)}
              />
              <Checkbox
                label="Go on in spite of losses"
                description="When more rows cannot be read than may be"
                checked={accepts}
                onChange={(event) => setAccepts(event.currentTarget.checked)}
              />
              <Button type="submit" loading={take.isPending}>
                Import
              </Button>
            </Fields>
            {take.isError ? <ProblemBox error={take.error} /> : null}
          </form>
        )}
      </Section>
    </>
  );
}

/** A file that was brought: what is recognised in it, and what has to be asked. */
function Brought({ workspace, upload }: { readonly workspace: string; readonly upload: Upload }) {
  const [answers, setAnswers] = useState<Answers>({});
  const [asked, setAsked] = useState<Answers>({});
  const params = { path: { workspace, id: upload.id } };
  const query = useQuery({
    queryKey: ['proposal', workspace, upload.id, asked],
    queryFn: () =>
      dataOf(api.POST('/v1/workspaces/{workspace}/uploads/{id}/proposal', { params, body: { answers: given(asked) } })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const proposal = query.data;
  if (proposal === undefined)
    return query.isError ? <ProblemBox error={query.error} /> : <p role="status">Looking at the file…</p>;
  return (
    <>
      {proposal.points.length === 0 ? null : (
        <Section
          title={`What the file does not say: ${String(proposal.points.length)}`}
          note="Nothing is guessed: what stays open is left out."
        >
          <Points proposal={proposal} answers={answers} change={setAnswers} />
          <Button variant="default" loading={query.isFetching} onClick={() => setAsked(answers)}>
            Show what follows from it
          </Button>
        </Section>
      )}
      <Section title="What is recognised">
        {query.isError ? <ProblemBox error={query.error} /> : null}
        <Recognised proposal={proposal} />
      </Section>
      <Take workspace={workspace} upload={upload} answers={answers} />
    </>
  );
}

/** Importing an export or an event log, by the code that plumbline import runs. */
export function ImportFile() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const bring = useMutation({ mutationFn: (chosen: File) => bringFile(workspace, chosen, setShare) });
  return (
    <Page
      title="Import a file"
      over={workspace}
      lead="An export of tickets or an event log: CSV, JSON, Parquet or xlsx, also as .gz. It is looked at before anything is stored."
    >
      <Section title="The file">
        <Fields>
          <FileInput
            label="File"
            placeholder="Choose a file"
            accept=".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,.parquet,.xlsx,.gz"
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              setShare(0);
              bring.reset();
            }}
          />
          <Button
            disabled={file === null}
            loading={bring.isPending}
            onClick={() => (file === null ? undefined : bring.mutate(file))}
          >
            Look at it
          </Button>
        </Fields>
        {bring.isPending ? <p role="status">{percentText(share)} is there.</p> : null}
        {bring.isError ? <ProblemBox error={bring.error} /> : null}
      </Section>
      {bring.data === undefined ? null : <Brought key={bring.data.id} workspace={workspace} upload={bring.data} />}
    </Page>
  );
}
