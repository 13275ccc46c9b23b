import type { Notice, RunFailure } from '../../domain/operations.ts';
import { noticeId } from './notice-id.ts';

export interface SyncNews {
  readonly workspace: string;
  readonly connection: string;
  readonly run: string;
  readonly at: Date;
  /** Why the connection could not be read; null = every stream of it was read to its end. */
  readonly failure: RunFailure | null;
  /** No further try follows in this run: a permanent error, or the last try. */
  readonly forGood: boolean;
  /** The run before this one could not read it either. */
  readonly failedBefore: boolean;
  /** Last `sync_broken` or `sync_restored` about this connection. */
  readonly last: Notice | null;
}

/**
 * What of an ended sync of one connection is worth saying: it broke, or it works again.
 * Broken is said when it failed for good or in two runs in a row, once until it is restored; restored only after it was said to be
 * broken. Ids come from the notice before, so that two workers that see the same outage say it once.
 */
export function noticesOfSync(news: SyncNews): Notice[] {
  const saidBroken = news.last?.kind === 'sync_broken';
  const about = [news.connection, news.last?.id ?? news.run];
  if (news.failure === null) return saidBroken ? [restored(news, about)] : [];
  if (saidBroken || !(news.forGood || news.failedBefore)) return [];
  const { code } = news.failure;
  return [
    {
      ...base(news),
      id: noticeId('sync_broken', news.workspace, about),
      kind: 'sync_broken',
      text: `${news.workspace}: ${news.connection} cannot be read any more (${code})${reason(news.failure)}`,
      data: { code, remedy: news.failure.remedy },
    },
  ];
}

/** The message of an unexpected error may quote anything, so it stays in the log. */
export function reason(failure: RunFailure): string {
  return failure.code === 'BUG' ? '.' : `: ${failure.message.replace(/\s+/g, ' ').slice(0, 300)}`;
}

function restored(news: SyncNews, about: readonly string[]): Notice {
  const since = news.last?.at ?? null;
  return {
    ...base(news),
    id: noticeId('sync_restored', news.workspace, about),
    kind: 'sync_restored',
    text: `${news.workspace}: ${news.connection} is read again.`,
    data: { broken_since: since?.toISOString() ?? null },
  };
}

function base(news: SyncNews): Pick<Notice, 'workspace' | 'subject' | 'at' | 'run' | 'digest'> {
  return { workspace: news.workspace, subject: news.connection, at: news.at, run: news.run, digest: null };
}
