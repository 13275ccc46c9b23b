import { z } from 'zod';
import type { Finding } from '../../domain/finding.ts';
import { counted, percent } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { sayUnread } from './could-not-read.ts';
import { sayLeftOut } from './left-out.ts';
import { nameSignal, SignalName, StatementName } from './named.ts';
import { ownFindings } from './own-findings.ts';

/** Why a signal says nothing; the first five are reasons of `not_observable`. */
const UNSEEN_REASONS = [
  'plan',
  'permission',
  'retention',
  'stream',
  'volume',
  'too_few',
  'unmatched',
  'failed',
  'does_not_apply',
  'other',
] as const;

/** How much the records could show of what the model asks of them, and what stayed dark, by reason. Signals of the model alone. */
export const UnseenView = z.strictObject({
  measured: z.int(),
  of: z.int(),
  /** Measured share, 0..1; null when the model asks for no signal. */
  share: z.number().nullable(),
  sentence: z.string(),
  groups: z.array(
    z.strictObject({
      reason: z.enum(UNSEEN_REASONS),
      /** `cannot be seen: the token may not read them`. */
      words: z.string(),
      /** What would bring them back; null where nothing can. */
      way_out: z.string().nullable(),
      signals: z.array(SignalName),
      /** Statements that lose some of their evidence by it. */
      statements: z.array(StatementName),
    }),
  ),
  /** Signals that could not read many of their cases; null when none. */
  unread: z.string().nullable(),
  /** Signals that pass over many tickets; null when none. */
  left_out: z.string().nullable(),
});
export type UnseenView = z.infer<typeof UnseenView>;

type Reason = (typeof UNSEEN_REASONS)[number];

/** In words, and what would bring it back. */
const REASONS: Readonly<Record<Exclude<Reason, 'other'>, { readonly words: string; readonly way_out: string | null }>> =
  {
    plan: {
      words: 'cannot be seen: the plan of the helpdesk does not open them',
      way_out: 'A plan of the helpdesk that opens them would show it; until then people can answer.',
    },
    permission: {
      words: 'cannot be seen: the token may not read them',
      way_out: 'Let the account of the connection read them, then sync again.',
    },
    retention: {
      words: 'cannot be seen: the history does not reach back far enough',
      way_out: 'It comes with time: the history grows with every sync.',
    },
    stream: {
      words: 'cannot be seen: the source does not record them',
      way_out: 'Another source, or a file with these columns, would show it; until then people can answer.',
    },
    volume: {
      words: 'cannot be seen: too few records',
      way_out: 'It comes with more cases, or with a longer window.',
    },
    too_few: { words: 'too few cases to judge', way_out: 'It comes with more cases, or with a longer window.' },
    unmatched: {
      words: 'cannot be seen: too few customers or issues were found in the source beside the desk',
      way_out: 'plumbline customers match and plumbline links match say which were not.',
    },
    failed: { words: 'failed to measure', way_out: 'Take the snapshot again; the log says what failed.' },
    does_not_apply: { words: 'does not apply', way_out: null },
  };

/** Why a finding that was not measured says nothing. */
export function reasonOf({ status, reason }: Pick<Finding, 'status' | 'reason'>): {
  readonly reason: Reason;
  readonly words: string;
  readonly way_out: string | null;
} {
  if (status === 'insufficient' && reason === 'match') return { reason: 'unmatched', ...REASONS.unmatched };
  if (status === 'insufficient') return { reason: 'too_few', ...REASONS.too_few };
  if (status === 'failed') return { reason: 'failed', ...REASONS.failed };
  if (status !== 'not_observable') return { reason: 'does_not_apply', ...REASONS.does_not_apply };
  const known = UNSEEN_REASONS.find((one) => one === reason);
  return known === undefined || known === 'other'
    ? { reason: 'other', words: `cannot be seen: ${reason}`, way_out: null }
    : { reason: known, ...REASONS[known] };
}

/** Statements that one of these signals speaks for, in the order of the model. */
function statementsOf(ids: ReadonlySet<string>, { model, signals }: Context): StatementName[] {
  const names = new Set([...ids].flatMap((id) => [id, ...(signals.get(id)?.aliases ?? [])]));
  return model.criteria
    .filter(({ families }) => families.some((family) => family.signals.some(({ id }) => names.has(id))))
    .map(({ id, name }) => ({ id, name }));
}

type Context = Pick<ReportContext, 'model' | 'signals'>;

/** What the findings of a snapshot could show of what the model asks. Pure. */
export function unseenView(findings: readonly Finding[], context: Context): UnseenView {
  const own = ownFindings(findings, context.model, context.signals);
  const missing = own.filter(({ status }) => status !== 'measured');
  const measured = own.length - missing.length;
  const groups = new Map<string, { readonly told: ReturnType<typeof reasonOf>; readonly ids: string[] }>();
  for (const finding of missing) {
    const told = reasonOf(finding);
    const group = groups.get(told.words) ?? { told, ids: [] };
    group.ids.push(finding.signal);
    groups.set(told.words, group);
  }
  const share = own.length === 0 ? null : measured / own.length;
  return {
    measured,
    of: own.length,
    share,
    sentence:
      share === null
        ? 'The model asks for no signal: only people can speak.'
        : `${measured} of ${counted(own.length, 'signal')} measured (${percent(share)}).`,
    groups: [...groups.values()].map(({ told, ids }) => ({
      ...told,
      signals: ids.map((id) => nameSignal(id, context.signals)),
      statements: statementsOf(new Set(ids), context),
    })),
    unread: sayUnread(findings),
    left_out: sayLeftOut(findings),
  };
}
