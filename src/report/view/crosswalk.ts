import type { CrosswalkUse } from '../../domain/beside-verdict.ts';

/** `S3.1: 2 3`, with `+` where finding it counts and not finding it counts for nothing, of one level (`2+`) or of all (`2 3 +`). */
export function sayUse({ item, levels, one_sided, exists_one_sided }: CrosswalkUse): string {
  const how = [
    ...levels.map((level) => (level === 2 && exists_one_sided ? '2+' : String(level))),
    ...(one_sided ? ['+'] : []),
  ].join(' ');
  return how === '' ? item : `${item}: ${how}`;
}

export const CROSSWALK_LEGEND =
  '2 = it may show that the practice exists, 3 = also that it is in place fully, + = finding it counts, not finding it counts for nothing (2+: for nothing at level 2 alone).';
