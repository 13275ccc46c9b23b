import { z } from 'zod';
import type { StreamName } from '../../domain/observability.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { counted } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { nameSignal, SignalName, StatementName } from './named.ts';

/** What a call of the vendor gives by its description: fields by evidence stream. */
type Evidence = Partial<Record<StreamName, readonly string[]>>;

/** A call of the vendor with what a check found. */
export interface CheckedCall {
  readonly stream: string;
  readonly status: string;
  readonly provides: Evidence;
  /** Of what it provides, what this account cannot fill. */
  readonly lacks?: Evidence | undefined;
}

/** What the credentials of a connection let be measured, and which statements each refused call would speak to. */
export const PermissionMap = z.strictObject({
  measurable: z.int().describe('Signals of the model whose needs the open calls meet'),
  of: z.int(),
  sentence: z.string(),
  refused: z.array(
    z.strictObject({
      stream: z.string(),
      signals: z.array(SignalName).describe('Dark today, and in need of something that only refused calls give'),
      statements: z.array(StatementName),
    }),
  ),
});
export type PermissionMap = z.infer<typeof PermissionMap>;

function needsOf({ provides, lacks }: CheckedCall): string[] {
  return Object.entries(provides).flatMap(([stream, fields]) => {
    const missing = lacks?.[stream as StreamName] ?? [];
    return [stream, ...fields.filter((field) => !missing.includes(field)).map((field) => `${stream}.${field}`)];
  });
}

/** Lists of needs, of which one has to be met whole. */
function waysOf({ needs, needs_any }: SignalDefinition): string[][] {
  return (needs_any ?? [[]]).map((more) => [...needs, ...more]);
}

/** Before a sync: nothing is known of what the calls hold, only which of them are open. Pure. */
export function permissionMap(
  calls: readonly CheckedCall[],
  { model, signals }: Pick<ReportContext, 'model' | 'signals'>,
): PermissionMap {
  const own = new Set(
    model.criteria.flatMap(({ families }) => families.flatMap((one) => one.signals.map(({ id }) => id))),
  );
  const asked = [...signals.values()].filter(
    ({ id, aliases }) => own.has(id) || aliases.some((alias) => own.has(alias)),
  );
  const open = new Set(calls.filter(({ status }) => status === 'available').flatMap((call) => needsOf(call)));
  const dark = asked.flatMap((signal) => {
    const ways = waysOf(signal).map((way) => way.filter((need) => !open.has(need)));
    return ways.some((way) => way.length === 0) ? [] : [{ signal, lacking: new Set(ways.flat()) }];
  });
  const refused = calls
    .filter(({ status }) => status !== 'available')
    .map((call) => {
      const gained = needsOf(call).filter((need) => !open.has(need));
      const lit = dark.filter(({ lacking }) => gained.some((need) => lacking.has(need)));
      const names = new Set(lit.flatMap(({ signal: { id, aliases } }) => [id, ...aliases]));
      return {
        stream: call.stream,
        signals: lit.map(({ signal }) => nameSignal(signal.id, signals)),
        statements: model.criteria
          .filter(({ families }) => families.some((family) => family.signals.some(({ id }) => names.has(id))))
          .map(({ id, name }) => ({ id, name })),
      };
    });
  const measurable = asked.length - dark.length;
  return {
    measurable,
    of: asked.length,
    sentence:
      asked.length === 0
        ? 'The model asks for no signal: only people can speak.'
        : `What may be read is enough for ${measurable} of ${counted(asked.length, 'signal')} of ${model.title}.`,
    refused,
  };
}
