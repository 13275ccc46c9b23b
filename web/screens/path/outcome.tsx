import { Button } from '@mantine/core';
import type { Placement } from '../../../src/domain/placement.ts';
import type { StagedModel } from '../../../src/domain/staged-model.ts';
import { percentText } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import styles from './path.module.css';

interface Props {
  readonly model: StagedModel;
  readonly kept: Placement;
  readonly then: Placement;
  /** How long judging again took, milliseconds. */
  readonly tookMs: number;
  readonly switched: number;
  readonly reset: () => void;
}

function nameOf(model: StagedModel, stage: number | null): string {
  if (stage === null) return 'Not placed';
  const word = model.step ?? 'stage';
  const name = model.stages.find((each) => each.stage === stage)?.name ?? '';
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)} ${String(stage)} ${name}`;
}

/** The ladder as it would be, beside as it is. */
export function Outcome({ model, kept, then, tookMs, switched, reset }: Props) {
  const most = Math.max(...then.probabilities, ...kept.probabilities, 0.01);
  const width = (p: number): string => `${String((p / most) * 100)}%`;
  return (
    <Section title="What if">
      <div aria-live="polite">
        <p className={styles.stage} data-testid="what-if-stage">
          {nameOf(model, then.stage)}
        </p>
        <p className={styles.soft}>
          {switched === 0
            ? 'As it is. Switch moves, answers or unseen statements on and off.'
            : `Now ${nameOf(model, kept.stage)}. Assured would be ${then.assured === null ? 'nothing' : String(then.assured)}.`}
        </p>
      </div>
      <ol className={styles.laws} reversed>
        {model.stages.toReversed().map(({ stage, name }) => (
          <li key={stage} className={`${styles.law} ${stage === then.stage ? styles.now : ''}`}>
            <span>{stage}</span>
            <span>{name}</span>
            <span className={styles.bars} aria-hidden="true">
              <span className={styles.then} style={{ width: width(then.probabilities[stage - 1] ?? 0) }} />
              <span className={styles.before} style={{ width: width(kept.probabilities[stage - 1] ?? 0) }} />
            </span>
            <span className={styles.value}>{percentText(Math.max(0, then.probabilities[stage - 1] ?? 0))}</span>
          </li>
        ))}
      </ol>
      <p className={styles.key}>
        <span>
          <i className={styles.then} />
          what if
        </span>
        <span>
          <i className={styles.before} />
          as it is
        </span>
      </p>
      <div className={styles.foot}>
        <Button variant="default" size="xs" disabled={switched === 0} onClick={reset}>
          Switch everything back
        </Button>
        <span
          className={styles.soft}
          data-testid="what-if-law"
          data-at-least={JSON.stringify(then.atLeast)}
          data-took-ms={tookMs}
        >
          Worked out here in {tookMs < 1 ? 'less than 1' : String(Math.round(tookMs))} ms by the same rules as the
          server.
        </span>
      </div>
    </Section>
  );
}
