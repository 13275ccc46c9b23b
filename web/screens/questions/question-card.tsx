import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { roleText } from '../../parts/format.ts';
import styles from './questions.module.css';

type Value = number | 'yes' | 'no';
export type Given = Value | 'dont_know';

/** What is asked of somebody: by an assessor from the view of questions, or by an invitation. */
export interface Question {
  readonly id: string;
  readonly statement: string;
  readonly choices: readonly { readonly value: Value; readonly text: string }[];
  /** Why it comes now, and what it would settle; null where that is not told. */
  readonly why: string | null;
  readonly ask: readonly string[];
  readonly proof: string | null;
  readonly may_be_declared: boolean;
  readonly answer: Given | null;
}

export interface GivenAnswer {
  readonly value: Given;
  readonly comment?: string;
  readonly proof?: string;
}

export interface Draft {
  readonly comment: string;
  readonly proof: string;
  readonly reason: string;
}

export const NO_DRAFT: Draft = { comment: '', proof: '', reason: '' };

/** One question with its levels in words; answering it saves it. */
export function QuestionCard(props: {
  readonly question: Question;
  readonly busy: boolean;
  /** The question came in place of another one, and takes the focus over from it. */
  readonly follows: boolean;
  /** Answer of this sitting, or the present one. */
  readonly given: Given | null;
  /** What is typed and not kept yet; it outlives the card. */
  readonly draft: Draft;
  readonly write: (draft: Draft) => void;
  readonly answer: (answer: GivenAnswer) => void;
  /** Absent = the caller may not take it out. */
  readonly declare?: ((reason: string) => void) | undefined;
}) {
  const { question, busy, given } = props;
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (props.follows) place.current?.focus();
  }, [props.follows]);
  const { comment, proof, reason } = props.draft;
  const write = (part: Partial<Draft>) => props.write({ ...props.draft, ...part });
  // Open where something was typed before: what cannot be seen is taken for lost.
  const [begun] = useState(Object.values(props.draft).some((text) => text !== ''));
  const answer = (value: Given) =>
    props.answer({
      value,
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      ...(proof.trim() === '' ? {} : { proof: proof.trim() }),
    });
  return (
    <fieldset className={styles.question} disabled={busy} ref={place} tabIndex={-1}>
      <legend className={styles.statement}>{question.statement}</legend>
      <p className={styles.why}>
        {question.why}
        {question.ask.length === 0 ? '' : ` Best placed: ${question.ask.map(roleText).join(', ')}.`}
      </p>
      <div className={styles.choices}>
        {question.choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            className={styles.choice}
            aria-pressed={given === choice.value}
            onClick={() => answer(choice.value)}
          >
            <span className={styles.value}>{choice.value}</span>
            <span>{choice.text}</span>
          </button>
        ))}
        <button
          type="button"
          className={styles.choice}
          aria-pressed={given === 'dont_know'}
          onClick={() => answer('dont_know')}
        >
          <span className={styles.value}>?</span>
          <span>I don't know. That is an answer too: it counts for nothing.</span>
        </button>
      </div>
      <details className={styles.extra} open={begun}>
        <summary>Add a comment or a proof, or say that it does not apply</summary>
        <div className={styles.extraFields}>
          <Textarea
            label="Comment"
            description="Kept with your next press on an answer."
            autosize
            maxLength={2000}
            value={comment}
            onChange={(event) => write({ comment: event.currentTarget.value })}
          />
          <TextInput
            label="Link to a proof"
            description={question.proof ?? undefined}
            type="url"
            placeholder="https://"
            value={proof}
            onChange={(event) => write({ proof: event.currentTarget.value })}
          />
          {props.declare === undefined || !question.may_be_declared ? null : (
            <>
              <TextInput
                label="It does not apply, because"
                value={reason}
                onChange={(event) => write({ reason: event.currentTarget.value })}
              />
              <Button
                variant="default"
                disabled={reason.trim().length < 5}
                onClick={() => props.declare?.(reason.trim())}
              >
                Declare it not applicable
              </Button>
            </>
          )}
        </div>
      </details>
    </fieldset>
  );
}
