import type { LadderView } from '../../../src/report/view/ladder.ts';
import { Mark } from '../../parts/mark.tsx';
import { Term } from '../../parts/term.tsx';
import styles from './ladder.module.css';

type Rung = LadderView['rungs'][number];

function rangeClass(rungs: readonly Rung[], index: number): string {
  if (rungs[index]?.in_range !== true) return styles.range ?? '';
  return [
    styles.range,
    styles.inRange,
    rungs[index - 1]?.in_range === true ? '' : styles.top,
    rungs[index + 1]?.in_range === true ? '' : styles.bottom,
  ].join(' ');
}

/** The ladder, highest step first, with the law of the stage on it and the marks of each side. */
export function Ladder({ ladder }: { readonly ladder: LadderView }) {
  const rungs = ladder.rungs.toReversed();
  const most = Math.max(...rungs.map((rung) => rung.probability ?? 0), 0.01);
  return (
    <>
      <ol className={styles.ladder} aria-label={`The ${ladder.word}s, highest first`}>
        {rungs.map((rung, index) => (
          <li
            key={rung.step.stage}
            className={`${styles.rung} ${rung.marks.includes('together') ? styles.here : ''}`}
            aria-current={rung.marks.includes('together') ? 'step' : undefined}
          >
            <span className={rangeClass(rungs, index)} aria-hidden="true" />
            <span className={styles.number}>{rung.step.stage}</span>
            <span className={styles.name} title={rung.summary}>
              {rung.step.name}
            </span>
            <span className={styles.middle}>
              <span className={styles.bar} style={{ display: 'block' }} aria-hidden="true">
                <span
                  className={styles.fill}
                  style={{ display: 'block', width: `${String(((rung.probability ?? 0) / most) * 100)}%` }}
                />
              </span>
              {rung.marks.length === 0 ? null : (
                <span className={styles.marks}>
                  {rung.marks.map((mark) => (
                    <Mark key={mark} kind={mark} />
                  ))}
                </span>
              )}
            </span>
            <span className={styles.percent}>{rung.text}</span>
          </li>
        ))}
      </ol>
      <dl className={styles.legend}>
        {ladder.marks.map(({ mark, sentence }) => (
          <div key={mark}>
            <dt>
              <Mark kind={mark} />
            </dt>
            <dd>{sentence}</dd>
          </div>
        ))}
        <div>
          <dt>
            <span className={styles.stick} aria-hidden="true" />
            <Term word="range">Range</Term>
          </dt>
          <dd>Where what was not seen could still put it.</dd>
        </div>
      </dl>
    </>
  );
}
