import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { Empty, ProblemBox } from '../../parts/states.tsx';
import { type Given, type GivenAnswer, type Question, QuestionCard } from './question-card.tsx';
import styles from './questions.module.css';

/** Goes through the questions one by one, the most telling first; each answer is kept as it is given. */
export function Sitting(props: {
  readonly questions: readonly Question[];
  readonly save: (question: string, answer: GivenAnswer) => Promise<unknown>;
  readonly declare?: (question: string, reason: string) => Promise<unknown>;
}) {
  // The order is that of the beginning: it does not jump while somebody answers.
  const [questions] = useState(props.questions);
  const [at, setAt] = useState(0);
  const [given, setGiven] = useState<ReadonlyMap<string, Given | 'not_applicable'>>(new Map());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const question = questions[at];
  const keep = async (act: () => Promise<unknown>, id: string, value: Given | 'not_applicable') => {
    setBusy(true);
    setError(null);
    try {
      await act();
      setGiven(new Map([...given, [id, value]]));
      setAt(at + 1);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  if (questions.length === 0)
    return <Empty title="Nothing is left to ask" way="The records speak for everything, or it was all answered." />;
  const last = question === undefined ? undefined : given.get(question.id);
  const own = last === 'not_applicable' ? null : (last ?? question?.answer ?? null);
  return (
    <Section
      title={question === undefined ? 'Thank you' : `Question ${String(at + 1)} of ${String(questions.length)}`}
      actions={
        <span className={styles.soft} role="status">
          {given.size} kept in this sitting
        </span>
      }
    >
      <div className={styles.progress} aria-hidden="true">
        <span style={{ width: `${String((at / questions.length) * 100)}%` }} />
      </div>
      {question === undefined ? (
        <p>That was the last question. Everything you answered is kept; the next snapshot counts it.</p>
      ) : (
        <QuestionCard
          key={question.id}
          question={question}
          busy={busy}
          follows={at > 0 || given.size > 0}
          given={own}
          answer={(answer) => void keep(() => props.save(question.id, answer), question.id, answer.value)}
          declare={
            props.declare === undefined
              ? undefined
              : (reason) => void keep(async () => props.declare?.(question.id, reason), question.id, 'not_applicable')
          }
        />
      )}
      {error === null ? null : <ProblemBox error={error} />}
      <div className={styles.foot}>
        <Button variant="default" disabled={at === 0 || busy} onClick={() => setAt(at - 1)}>
          Back
        </Button>
        {question === undefined ? null : (
          <Button variant="default" disabled={busy} onClick={() => setAt(at + 1)}>
            Skip
          </Button>
        )}
      </div>
    </Section>
  );
}
