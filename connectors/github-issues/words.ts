import type { Ticket } from '../../src/domain/telemetry.ts';
import { vocabulary } from '../../src/kit/vocabulary.ts';
import type { Settings } from './settings.ts';

type Status = Ticket['status'];

/** Labels that mean the same in many repositories, without the kind that often stands before them (`priority: high`, `type/bug`). */
const WORDS = vocabulary({
  type: {
    bug: 'problem',
    defect: 'problem',
    regression: 'problem',
    question: 'question',
    support: 'question',
    help: 'question',
    incident: 'incident',
    outage: 'incident',
    task: 'task',
    chore: 'task',
    change: 'change',
    feature: 'other',
    enhancement: 'other',
    documentation: 'other',
  },
  rank: {
    critical: 1,
    urgent: 1,
    blocker: 1,
    highest: 1,
    high: 2,
    major: 2,
    medium: 3,
    normal: 3,
    moderate: 3,
    low: 4,
    minor: 4,
    lowest: 4,
  },
});

/** `priority: high` is high of the kind priority; `bug` alone has no kind. */
function partsOf(label: string): { readonly kind: string | null; readonly word: string } {
  const found = /^\s*([\p{L} _-]+?)\s*[:/=]\s*(.+?)\s*$/u.exec(label);
  const [, kind = null, word = label] = found ?? [];
  return { kind: kind === null ? null : kind.trim().toLowerCase(), word: word.trim().replace(/[\s_-]*priority$/i, '') };
}

/** 1 most urgent: as stated, else by names as `P1`, `priority: high`, `high-priority`. Of several the most urgent. P0 and P1 are both the first rank. */
export function rankOf(labels: readonly string[], { priorities }: Settings): number | null {
  const ranks = labels.flatMap((label) => {
    const stated = priorities[label];
    if (stated !== undefined) return [stated];
    const { kind, word } = partsOf(label);
    const level = /^(?:p|prio|priority)?[\s_-]*([0-4])$/i.exec(word)?.[1];
    const isPriority = kind !== null ? /^(?:prio|priority|p)$/.test(kind) : /priority$|^p[0-4]$/i.test(label.trim());
    if (!isPriority) return [];
    if (level !== undefined) return [Math.max(1, Number(level))];
    return WORDS.rank(word) ?? [];
  });
  return ranks.length === 0 ? null : Math.min(...ranks);
}

/** The label that gives the rank, as the repository has it. */
export function priorityLabel(labels: readonly string[], settings: Settings): string | null {
  const rank = rankOf(labels, settings);
  return rank === null ? null : (labels.find((label) => rankOf([label], settings) === rank) ?? null);
}

/** Kind of work: as stated, else the type of the issue, else by name. */
export function typeOf(type: string | null, labels: readonly string[], { types }: Settings): Ticket['type'] {
  for (const label of labels) if (types[label] !== undefined) return types[label];
  if (type !== null) return WORDS.type(type) ?? 'other';
  for (const label of labels) {
    const { kind, word } = partsOf(label);
    const known = kind === null || /^(?:type|kind|t)$/.test(kind) ? WORDS.type(word) : null;
    if (known !== null) return known;
  }
  return null;
}

const OPEN_LABELS: readonly (readonly [RegExp, Status])[] = [
  [/waiting|awaiting|needs?[ -](?:info|more|repro|feedback|response)|more[ -]information|pending/i, 'pending'],
  [/blocked|on[ -]?hold|upstream/i, 'hold'],
];

/** Category of an open issue by its labels, of a closed one by the reason: completed is solved; one without a reason says only that it is closed. An
 * unreadable state is as an unknown word: open. */
export function statusOf(
  {
    state,
    reason,
    labels,
  }: { readonly state: string | null; readonly reason: string | null; readonly labels: readonly string[] },
  { statuses }: Settings,
): Status {
  if (state?.toLowerCase() === 'closed') return /^completed$/i.test(reason ?? '') ? 'solved' : 'closed';
  for (const label of labels) if (statuses[label] !== undefined) return statuses[label];
  for (const [pattern, status] of OPEN_LABELS) if (labels.some((label) => pattern.test(label))) return status;
  return 'open';
}

/** What follows the beginning that marks a code; null without such a label. */
export function codeIn(labels: readonly string[], beginning: string): string | null {
  const found = labels.find((label) => label.startsWith(beginning) && label.length > beginning.length);
  return found?.slice(beginning.length).trim() ?? null;
}
