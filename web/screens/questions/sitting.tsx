import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Section } from '../../parts/section.tsx';
import { Empty, ProblemBox } from '../../parts/states.tsx';
import { type Draft, type Given, type GivenAnswer, NO_DRAFT, type Question, QuestionCard } from './question-card.tsx';
import styles from './questions.module.css';

/** Lets the browser ask before the page is left, while something is typed and not kept. */
function useAskBeforeLeaving(unkept: boolean): void {
  useEffect(() => {
    if (!unkept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unkept]);
}

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
  const [failed, setFailed] = useState<{ readonly error: unknown; readonly again: () => void } | null>(null);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  useAskBeforeLeaving([...drafts.values()].some((draft) => Object.values(draft).some((text) => text !== '')));
  const question = questions[at];
  const keep = async (act: () => Promise<unknown>, id: string, value: Given | 'not_applicable') => {
    setBusy(true);
    setFailed(null);
    try {
      await act();
      setGiven((before) => new Map([...before, [id, value]]));
      setDrafts((before) => new Map([...before].filter(([of]) => of !== id)));
      setAt(at + 1);
    } catch (error) {
      setFailed({ error, again: () => void keep(act, id, value) });
    } finally {
      setBusy(false);
    }
  };
  const turnTo = (next: number) => {
    setFailed(null);
    setAt(next);
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
          draft={drafts.get(question.id) ?? NO_DRAFT}
          write={(draft) => setDrafts((before) => new Map([...before, [question.id, draft]]))}
          answer={(answer) => void keep(() => props.save(question.id, answer), question.id, answer.value)}
          declare={
            props.declare === undefined
              ? undefined
              : (reason) => void keep(async () => props.declare?.(question.id, reason), question.id, 'not_applicable')
          }
        />
      )}
      {failed === null ? null : (
        <>
          <p className={styles.unkept}>This answer is not kept yet.</p>
          <ProblemBox error={failed.error} retry={failed.again} />
        </>
      )}
      <div className={styles.foot}>
        <Button variant="default" disabled={at === 0 || busy} onClick={() => turnTo(at - 1)}>
          Back
        </Button>
        {question === undefined ? null : (
          <Button variant="default" disabled={busy} onClick={() => turnTo(at + 1)}>
            Skip
          </Button>
        )}
      </div>
    </Section>
  );
}
