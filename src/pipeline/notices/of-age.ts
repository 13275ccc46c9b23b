import type { Answer } from '../../domain/assessment.ts';
import type { Observability } from '../../domain/observability.ts';
import type { Notice } from '../../domain/operations.ts';
import { noticeId } from './notice-id.ts';

export interface AgeNews {
  readonly workspace: string;
  readonly at: Date;
  /** Names of the connections that are connected and can be synced: neither disconnected nor imported files. */
  readonly connections: readonly string[];
  readonly observability: readonly Observability[];
  readonly staleAfterMs: number;
  /** Last `data_stale` by connection. */
  readonly lastStale: ReadonlyMap<string, Notice>;
  /** Answers in force (currentAnswers): neither expired nor overtaken. */
  readonly answers: readonly Answer[];
  /** Last `answers_expiring` of the workspace. */
  readonly lastExpiring: Notice | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Answers are asked for again this long before they expire ... */
const LEAD_DAYS = 28;
/** ... and never oftener than this, so that everybody has at least the difference. */
const QUIET_DAYS = 14;

/** What time alone makes worth saying: data that stay behind, answers that are about to expire. See the two functions below. */
export function noticesOfAge(news: AgeNews): Notice[] {
  return [...staleNotices(news), ...expiringNotices(news)];
}

/**
 * Connections whose tickets reach less far than `staleAfterMs` before now. Once per outage: said again only after the data had
 * reached the instant at which it was last said; that they are fresh again is not said. Nothing is said of data that never came
 * (unknown age; a sync that fails says so itself).
 */
function staleNotices(news: AgeNews): Notice[] {
  return [...news.connections].sort().flatMap((connection) => {
    const until = news.observability.find((o) => o.connection === connection && o.stream === 'tickets')?.until ?? null;
    if (until === null || news.at.getTime() - until.getTime() <= news.staleAfterMs) return [];
    const last = news.lastStale.get(connection);
    if (last !== undefined && until < last.at) return [];
    const hours = Math.floor((news.at.getTime() - until.getTime()) / HOUR_MS);
    return [
      {
        id: noticeId('data_stale', news.workspace, [connection, last?.id ?? until.toISOString()]),
        workspace: news.workspace,
        kind: 'data_stale',
        subject: connection,
        at: news.at,
        run: null,
        digest: null,
        text: `${news.workspace}: the data of ${connection} end ${hours} h ago (${until.toISOString()}).`,
        data: { until: until.toISOString(), age_h: hours, allowed_h: news.staleAfterMs / HOUR_MS },
      },
    ];
  });
}

/** Answers that expire within 28 days and were not told of, in one notice, at most one in 14 days. */
function expiringNotices(news: AgeNews): Notice[] {
  const horizon = new Date(news.at.getTime() + LEAD_DAYS * DAY_MS);
  const last = news.lastExpiring;
  if (last !== null && news.at.getTime() - last.at.getTime() < QUIET_DAYS * DAY_MS) return [];
  const toldUntil = last === null ? null : new Date(last.at.getTime() + LEAD_DAYS * DAY_MS);
  const expiring = news.answers.filter((a) => a.expires_at > news.at && a.expires_at <= horizon);
  const untold = expiring.filter((a) => toldUntil === null || a.expires_at > toldUntil);
  if (untold.length === 0) return [];
  const first = new Date(Math.min(...expiring.map((a) => a.expires_at.getTime()))).toISOString();
  const latest = new Date(Math.max(...untold.map((a) => a.expires_at.getTime()))).toISOString();
  const n = expiring.length;
  return [
    {
      id: noticeId('answers_expiring', news.workspace, [last?.id ?? null, latest]),
      workspace: news.workspace,
      kind: 'answers_expiring',
      subject: null,
      at: news.at,
      run: null,
      digest: null,
      text: `${news.workspace}: ${n} ${n === 1 ? 'answer expires' : 'answers expire'} from ${first.slice(0, 10)} on; ask again with plumbline assess.`,
      data: { answers: n, first_expires: first, last_expires: latest },
    },
  ];
}
