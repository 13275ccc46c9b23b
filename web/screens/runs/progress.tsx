import type { components } from '../../generated/api.ts';
import { countText } from '../../parts/format.ts';
import styles from './progress.module.css';

/** How far a run has come: the step in words, and a bar where the whole is known. */
export function Progress({ progress }: { readonly progress: NonNullable<components['schemas']['Run']['progress']> }) {
  const { step, done, total } = progress;
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div>
      <span>
        {step}: {countText(done)}
        {total === null ? '' : ` of ${countText(total)}`}
      </span>
      {share === null ? null : (
        <div
          className={styles.track}
          role="progressbar"
          aria-label={step}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div className={styles.fill} style={{ width: `${String(share * 100)}%` }} />
        </div>
      )}
    </div>
  );
}
