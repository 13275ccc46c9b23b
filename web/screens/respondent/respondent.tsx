import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';
import { type Respondent, useSession } from '../../app/session.tsx';
import type { components, paths } from '../../generated/api.ts';
import { roleText } from '../../parts/format.ts';
import { Await } from '../../parts/states.tsx';
import type { GivenAnswer, Question } from '../questions/question-card.tsx';
import { Sitting } from '../questions/sitting.tsx';
import styles from './respondent.module.css';

type Asked = components['schemas']['Question'];
type Put = NonNullable<paths['/v1/respondent/answers']['put']['requestBody']>['content']['application/json'];

const IMPORTANCE = ['hardly matters', 'matters a little', 'matters', 'matters much', 'matters most'];

function choicesOf({ scale, levels }: Asked): Question['choices'] {
  if (levels !== null) return levels.map((text, index) => ({ value: index + 1, text }));
  if (scale === 'yes_no')
    return [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ];
  return IMPORTANCE.map((text, index) => ({ value: index + 1, text }));
}

function askedOf(question: Asked): Question {
  const { id, statement, proof, may_not_apply, answer } = question;
  return {
    id,
    statement,
    choices: choicesOf(question),
    why: null,
    ask: [],
    proof,
    may_be_declared: may_not_apply,
    answer: (answer?.value ?? null) as Question['answer'],
  };
}

const put = (body: Put) => dataOf(api.PUT('/v1/respondent/answers', { body }));
const save = (question: string, answer: GivenAnswer) =>
  put({ answers: { [question]: answer } as NonNullable<Put['answers']> });
const declare = (question: string, reason: string) => put({ not_applicable: { [question]: reason } });

/** All that an invited person sees: the questions, one by one, and their own answers. */
export function RespondentScreen({ respondent }: { readonly respondent: Respondent }) {
  const { signOut, ended } = useSession();
  const query = useQuery({
    queryKey: ['respondent', respondent.respondent],
    queryFn: () => dataOf(api.GET('/v1/respondent/questions')),
  });
  return (
    <main className={styles.page}>
      <title>Questions · Plumbline</title>
      <div className={styles.bar}>
        <span className={styles.brand}>
          <img src="/plumb.svg" alt="" />
          Plumbline
        </span>
        <Button size="xs" variant="default" onClick={() => void signOut()}>
          I am done
        </Button>
      </div>
      <header>
        <h1 className={styles.title}>How does your support work today?</h1>
        <p className={styles.soft}>
          You answer as {respondent.respondent} ({roleText(respondent.role)}) for {respondent.workspace}. Every answer
          is kept at once; you may stop at any time and come back in this browser.
        </p>
      </header>
      {ended ? (
        <div role="alert" className={styles.ended}>
          <strong>Your link has ended.</strong> It expired or was taken back. What was kept until now is kept; what you
          typed since stands on this screen only. Ask whoever invited you for another link, open it in this browser, and
          come back to this tab: then you go on here.
        </div>
      ) : null}
      <Await query={query} rows={2}>
        {({ questions }) => <Sitting questions={questions.map(askedOf)} save={save} declare={declare} />}
      </Await>
    </main>
  );
}
