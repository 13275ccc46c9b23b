import type { SignalView } from '../../../src/report/view/signal.ts';
import styles from './signal.module.css';

/** Ends of the scale: 0 to 1 for shares, else what holds number, interval and lines with some room. */
function endsOf(view: SignalView): readonly [number, number] {
  const all = [view.estimate, ...(view.interval ?? []), view.lines.partly, view.lines.fully].filter((v) => v !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (low >= 0 && high <= 1) return [0, 1];
  const room = Math.max(high - low, Math.abs(high), 1e-9) * 0.08;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

/** The number with its interval against the lines that it is judged by. */
export function NumberLine({ view }: { readonly view: SignalView }) {
  if (view.estimate === null) return null;
  const [low, high] = endsOf(view);
  const at = (value: number): number => ((value - low) / (high - low)) * 100;
  const left = (value: number): string => `${String(Math.min(100, Math.max(0, at(value))))}%`;
  const lines = [
    ['partly', view.lines.partly, view.lines.partly_text],
    ['fully', view.lines.fully, view.lines.fully_text],
  ] as const;
  return (
    <div className={styles.scale} role="img" aria-label={view.sentence}>
      <span className={styles.axis} />
      {view.interval === null ? null : (
        <span
          className={styles.interval}
          style={{ left: left(view.interval[0]), width: `calc(${left(view.interval[1])} - ${left(view.interval[0])})` }}
        />
      )}
      {lines.map(([name, value, text], index) =>
        value === null ? null : (
          <span key={name}>
            <span className={styles.line} style={{ left: left(value) }} />
            <span
              className={`${styles.label} ${index === 0 ? styles.above : styles.below}`}
              style={{ left: left(value) }}
            >
              {name} {text}
            </span>
          </span>
        ),
      )}
      <span className={styles.dot} style={{ left: left(view.estimate) }} />
    </div>
  );
}
