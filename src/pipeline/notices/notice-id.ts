import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { NoticeKind } from '../../domain/operations.ts';

/** Id of a notice from what it says, so that whoever finds the same change makes the same notice. No dot in it: webhooks sign `id.time.body`. */
export function noticeId(kind: NoticeKind, workspace: string, about: readonly (string | null)[]): string {
  const hash = createHash('sha256').update(canonicalJson([kind, workspace, ...about]));
  return `ntc_${hash.digest('hex').slice(0, 32)}`;
}
