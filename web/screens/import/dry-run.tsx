import type { SourceCheckView } from '../../../src/report/view/source-check.ts';
import styles from './import.module.css';

interface Check extends SourceCheckView {
  readonly refusal: {
    readonly message: string;
    readonly problems: readonly string[];
    readonly remedy: string;
  } | null;
}

/** What would be stored, left out and changed; and why the import would be refused, if it would. */
export function DryRun({ check }: { readonly check: Check }) {
  return (
    <>
      <p role="status" className={styles.told}>
        {check.sentence}.
      </p>
      {check.refusal === null ? null : (
        <div className={styles.refusal} role="alert">
          <strong>{check.refusal.message}</strong>
          <ul>
            {check.refusal.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          <p>{check.refusal.remedy}</p>
        </div>
      )}
      {check.sections.map(({ title, lines }) => (
        <div key={title}>
          <h3 className={styles.sub}>{title}</h3>
          <ul className={styles.lines}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
