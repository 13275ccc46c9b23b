import { NativeSelect, SegmentedControl } from '@mantine/core';
import type { Level } from '../../../src/domain/placement.ts';
import type { StagedModel } from '../../../src/domain/staged-model.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Section } from '../../parts/section.tsx';
import type { Switches } from '../../what-if/judge-again.ts';
import styles from './path.module.css';

const LEVELS = [
  { value: '', label: 'as it is' },
  { value: '1', label: 'not there' },
  { value: '2', label: 'partly' },
  { value: '3', label: 'fully' },
];
const ANSWERS = [
  { value: '', label: 'as answered' },
  { value: 'none', label: 'no answer' },
  { value: '1', label: 'answer 1' },
  { value: '2', label: 'answer 2' },
  { value: '3', label: 'answer 3' },
];

const levelOf = (text: string): Level | undefined =>
  text === '1' ? 1 : text === '2' ? 2 : text === '3' ? 3 : undefined;

function without<T>(record: Readonly<Record<string, T>>, id: string, value: T | undefined): Record<string, T> {
  const { [id]: _gone, ...rest } = record;
  return value === undefined ? rest : { ...rest, [id]: value };
}

/** Every statement, to be taken as it might be. */
export function StatementSwitches(props: {
  readonly model: StagedModel;
  readonly workspace: string;
  readonly switches: Switches;
  readonly change: (switches: Switches) => void;
}) {
  const { model, switches, change } = props;
  return (
    <Section
      title="Any statement"
      note="What a statement would do if it were known to be there, or answered differently."
    >
      <p className={styles.soft}>What no record shows is</p>
      <SegmentedControl
        fullWidth
        aria-label="What no record shows is"
        value={switches.unseen}
        onChange={(value) => change({ ...switches, unseen: value as Switches['unseen'] })}
        data={[
          { value: 'missing', label: 'missing' },
          { value: 'as_is', label: 'as it is' },
          { value: 'in_place', label: 'in place' },
        ]}
        mb="md"
      />
      {model.stages.map(({ stage, name }) => (
        <details key={stage} className={styles.set}>
          <summary>
            Set {stage} {name}
          </summary>
          {model.criteria
            .filter((criterion) => criterion.set === stage)
            .map((criterion) => (
              <div key={criterion.id} className={styles.statement}>
                <StatementLink workspace={props.workspace} statement={criterion} />
                <NativeSelect
                  size="xs"
                  aria-label={`Level of ${criterion.name}`}
                  data={LEVELS}
                  value={String(switches.levels[criterion.id] ?? '')}
                  onChange={(event) =>
                    change({
                      ...switches,
                      levels: without(switches.levels, criterion.id, levelOf(event.currentTarget.value)),
                    })
                  }
                />
                <NativeSelect
                  size="xs"
                  aria-label={`Answer to ${criterion.name}`}
                  data={ANSWERS}
                  value={String(switches.answers[criterion.id] ?? '')}
                  onChange={(event) => {
                    const given = event.currentTarget.value;
                    const answer = given === 'none' ? given : levelOf(given);
                    change({ ...switches, answers: without(switches.answers, criterion.id, answer) });
                  }}
                />
              </div>
            ))}
        </details>
      ))}
    </Section>
  );
}
