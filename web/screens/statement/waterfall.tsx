import type { StatementView } from '../../../src/report/view/statement.ts';
import { signedText } from '../../parts/format.ts';
import { SignalLink } from '../../parts/links.tsx';
import { Term } from '../../parts/term.tsx';
import styles from './waterfall.module.css';

type Bar = StatementView['ledger'][number];

interface Scale {
  at(value: number): string;
  width(from: number, to: number): string;
}

/** A scale that holds every stand of the sum, nought among them. */
function scaleOf(bars: readonly Bar[]): Scale {
  const stands = [0, ...bars.flatMap((bar) => [bar.from, bar.to])];
  const [low, high] = [Math.min(...stands), Math.max(...stands)];
  const span = Math.max(high - low, 1);
  const percent = (value: number): number => ((value - low) / span) * 100;
  return {
    at: (value) => `${String(percent(value))}%`,
    width: (from, to) => `${String(Math.abs(percent(to) - percent(from)))}%`,
  };
}

function titleOf(bar: Bar, workspace: string) {
  if (bar.signal !== null) return <SignalLink workspace={workspace} signal={bar.signal} className={styles.title} />;
  return <span className={styles.title}>{bar.title}</span>;
}

/** Evidence as a waterfall: each bar stands on the sum of those before it. Words first, decibans second. */
export function Waterfall({ view, workspace }: { readonly view: StatementView; readonly workspace: string }) {
  const scale = scaleOf(view.ledger);
  const total = view.total[0] + view.total[1];
  return (
    <>
      <ol className={styles.fall}>
        {view.ledger.map((bar, index) => (
          <li key={`${bar.ref}-${String(index)}`} className={styles.bar}>
            <span className={styles.words}>
              {titleOf(bar, workspace)}
              <span className={styles.sentence}>{bar.sentence}</span>
            </span>
            <span className={styles.lane} aria-hidden="true">
              <span className={styles.zero} style={{ left: scale.at(0) }} />
              <span
                className={`${styles.block} ${styles[bar.direction]}`}
                style={{ left: scale.at(Math.min(bar.from, bar.to)), width: scale.width(bar.from, bar.to) }}
              />
            </span>
            <span className={styles.number}>{signedText(bar.points[0] + bar.points[1])} dB</span>
          </li>
        ))}
        <li className={`${styles.bar} ${styles.total}`}>
          <span className={styles.words}>Together</span>
          <span className={styles.lane} aria-hidden="true">
            <span className={styles.zero} style={{ left: scale.at(0) }} />
            <span
              className={`${styles.block} ${total > 0 ? styles.for : styles.against}`}
              style={{ left: scale.at(Math.min(0, total)), width: scale.width(0, total) }}
            />
          </span>
          <span className={styles.number}>{signedText(total)} dB</span>
        </li>
      </ol>
      <p className={styles.note}>
        dB are <Term word="deciban">decibans</Term>: ten of them are odds of ten to one. Solid bars speak for the
        practice, striped ones against it.
      </p>
    </>
  );
}
