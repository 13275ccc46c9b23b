import styles from './dumbbell.module.css';

const at = (level: number): string => `${String(((Math.min(3, Math.max(1, level)) - 1) / 2) * 100)}%`;

/** What people say (ring) and what records show (dot) on the scale of levels 1 to 3. */
export function Dumbbell({ said, seen }: { readonly said: number; readonly seen: number }) {
  const [low, high] = [Math.min(said, seen), Math.max(said, seen)];
  return (
    <div
      className={styles.scale}
      role="img"
      aria-label={`Said ${said.toFixed(1)}, seen ${seen.toFixed(1)}, of levels 1 to 3`}
    >
      {[1, 2, 3].map((level) => (
        <span key={level} className={styles.tick} style={{ left: at(level) }} />
      ))}
      <span
        className={`${styles.link} ${said > seen ? styles.over : styles.under}`}
        style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }}
      />
      <span className={styles.seen} style={{ left: at(seen) }} />
      <span className={styles.said} style={{ left: at(said) }} />
    </div>
  );
}
