import { Radio, Stack, TextInput } from '@mantine/core';
import type { components } from '../../generated/api.ts';
import styles from './import.module.css';

type Proposal = components['schemas']['ImportProposal'];
export type Answers = Readonly<Record<string, number | string>>;

const LATER = 'later';
const TEXT = 'text';

/** One question that the file does not answer, with what speaks for each reading. */
function Point(props: {
  readonly point: Proposal['points'][number];
  readonly answer: number | string | undefined;
  readonly set: (answer: number | string | undefined) => void;
}) {
  const { point, answer, set } = props;
  const chosen = answer === undefined ? LATER : typeof answer === 'string' ? TEXT : String(answer);
  const seen = point.samples.length === 0 ? undefined : `In the file: ${point.samples.join(' · ')}`;
  return (
    <li className={styles.point}>
      <Radio.Group
        label={point.question}
        description={seen}
        value={chosen}
        onChange={(next) => set(next === LATER ? undefined : next === TEXT ? '' : Number(next))}
      >
        <Stack gap={6} mt={8}>
          {point.options.map(({ label, evidence }, index) => (
            <Radio
              key={label}
              value={String(index)}
              label={label}
              {...(evidence === '' ? {} : { description: evidence })}
            />
          ))}
          {point.hint === null ? null : <Radio value={TEXT} label={point.hint} />}
          <Radio
            value={LATER}
            label="Leave it open"
            description={
              point.id === 'time-zone'
                ? 'UTC is taken: durations come out right, hours of the day may not'
                : 'What it concerns is then left out'
            }
          />
        </Stack>
      </Radio.Group>
      {typeof answer === 'string' ? (
        <TextInput
          mt={8}
          aria-label={point.hint ?? 'Answer'}
          value={answer}
          onChange={(event) => set(event.currentTarget.value)}
        />
      ) : null}
    </li>
  );
}

/** The open points of a file, one question each. */
export function Points(props: {
  readonly proposal: Proposal;
  readonly answers: Answers;
  readonly change: (answers: Answers) => void;
}) {
  const { proposal, answers } = props;
  return (
    <ol className={styles.points}>
      {proposal.points.map((point) => (
        <Point
          key={point.id}
          point={point}
          answer={answers[point.id]}
          set={(answer) => {
            const { [point.id]: _, ...others } = answers;
            props.change(answer === undefined ? others : { ...others, [point.id]: answer });
          }}
        />
      ))}
    </ol>
  );
}
