import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { QuestionsView } from '../../../src/report/view/questions.ts';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { viewOptions } from '../../api/queries.ts';
import { mayDo, useSession } from '../../app/session.tsx';
import type { paths } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fields } from '../../parts/fields.tsx';
import { dayText, roleText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Invitations } from './invitations.tsx';
import type { GivenAnswer, Question } from './question-card.tsx';
import { Sitting } from './sitting.tsx';

interface Who {
  readonly respondent: string;
  readonly role: string;
}
type Respondent = QuestionsView['respondents'][number];

const COLUMNS: readonly Column<Respondent>[] = [
  { head: 'Respondent', cell: (row) => row.id, by: (row) => row.id },
  { head: 'Role', cell: (row) => roleText(row.role), by: (row) => row.role },
  { head: 'Answered', cell: (row) => row.answered, by: (row) => row.answered, end: true },
  { head: "Don't know", cell: (row) => row.dont_know, end: true },
  { head: 'Last', cell: (row) => dayText(row.last_day), by: (row) => row.last_day },
];

function askedOf(question: QuestionsView['questions'][number]): Question {
  const why = [question.why, question.value_words].filter((each) => each !== null).join('; ');
  const end = why.endsWith('?') ? '' : '.';
  return { ...question, why: `${why.slice(0, 1).toUpperCase()}${why.slice(1)}${end}` };
}

type PostedAnswers = NonNullable<
  paths['/v1/workspaces/{workspace}/answers']['post']['requestBody']
>['content']['application/json']['answers'];

function saveOf(workspace: string, model: string, who: Who) {
  return (question: string, answer: GivenAnswer) =>
    dataOf(
      api.POST('/v1/workspaces/{workspace}/answers', {
        params: { path: { workspace } },
        body: { ...who, model, answers: { [question]: answer } as PostedAnswers },
      }),
    );
}

function declareOf(workspace: string, model: string, who: Who) {
  return (criterion: string, reason: string) =>
    dataOf(
      api.POST('/v1/workspaces/{workspace}/not-applicable', {
        params: { path: { workspace } },
        body: { ...who, model, criterion, reason },
      }),
    );
}

/** Who answers: a label that is no name or address, and a role. */
function WhoForm({ roles, begin }: { readonly roles: readonly string[]; readonly begin: (who: Who) => void }) {
  const [respondent, setRespondent] = useState('');
  const [role, setRole] = useState(roles[0] ?? 'support_lead');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin({ respondent: respondent.trim(), role });
  };
  return (
    <Section title="Who answers" note="A label of your own choice, such as lead-1; no name and no e-mail address.">
      <form onSubmit={submit}>
        <Fields>
          <TextInput
            label="Label"
            required
            maxLength={60}
            value={respondent}
            onChange={(event) => setRespondent(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            value={role}
            data={roles.map((each) => ({ value: each, label: roleText(each) }))}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          <Button type="submit" disabled={respondent.trim() === ''}>
            Begin
          </Button>
        </Fields>
      </form>
    </Section>
  );
}

/** Everybody whom some question of the model is meant for. */
function rolesOf(view: QuestionsView): string[] {
  return [
    ...new Set([...view.questions.flatMap(({ ask }) => ask), ...view.respondents.map(({ role }) => role)]),
  ].sort();
}

interface Props {
  readonly workspace: string;
  readonly view: QuestionsView;
}

function Respondents({ view }: Props) {
  return (
    <Section title="Who has answered">
      {view.respondents.length === 0 ? (
        <Empty title="Nobody yet" />
      ) : (
        <DataTable label="Who has answered" rows={view.respondents} columns={COLUMNS} id={(row) => row.id} />
      )}
    </Section>
  );
}

/** Somebody answers here: what this person has not answered yet, the most telling first. */
function Answering({ workspace, who, all }: { readonly workspace: string; readonly who: Who; readonly all: boolean }) {
  const { model } = useSearch({ from: '/signed-in/w/$workspace' });
  const asked = { model, respondent: who.respondent, role: who.role, all: all ? 'true' : undefined };
  const query = useQuery({
    ...viewOptions(workspace, 'questions', asked),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Await query={query} rows={2}>
      {(view) => (
        <Sitting
          questions={view.questions.map(askedOf)}
          save={saveOf(workspace, view.model.id, who)}
          declare={declareOf(workspace, view.model.id, who)}
        />
      )}
    </Await>
  );
}

/** What only people can tell: asked, and who has answered. */
export function Questions() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model } = useSearch({ from: '/signed-in/w/$workspace' });
  const { session } = useSession();
  const [who, setWho] = useState<Who | null>(null);
  const [all, setAll] = useState(false);
  const open = useQuery(viewOptions(workspace, 'questions', { model }));
  const whole = useQuery(viewOptions(workspace, 'questions', { model, all: 'true' }));
  const may = session !== null && mayDo(session, 'assessor');
  return (
    <Page
      title="Questions"
      over={workspace}
      lead={open.data?.sentence}
      actions={
        may ? (
          <Switch
            label="Also ask what records can show"
            checked={all}
            disabled={who !== null}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        ) : undefined
      }
    >
      <Await query={whole}>
        {(view) => (
          <>
            {may ? null : <Empty title="You may read, not answer" way="Answering needs the role assessor or above." />}
            {who !== null || !may ? null : <WhoForm roles={rolesOf(view)} begin={setWho} />}
            {who === null ? null : <Answering key={who.respondent} workspace={workspace} who={who} all={all} />}
            <Respondents workspace={workspace} view={view} />
            {session !== null && mayDo(session, 'operator') ? (
              <Invitations workspace={workspace} model={view.model.id} roles={rolesOf(view)} />
            ) : null}
          </>
        )}
      </Await>
    </Page>
  );
}
