import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import { type CheckedCall, permissionMap } from './permission-map.ts';

const D3 = SHIPPED_SIGNALS.find(({ id }) => id === 'D3-first-reply-target-met');
if (D3 === undefined) throw new Error('D3 is gone');
const CONTEXT = { model: SIX_STAGE, signals: new Map([[D3.id, D3]]) };

const WANTS = [...D3.needs, ...(D3.needs_any ?? []).flat()];

/** Gives of these streams everything that D3 could want. */
function call(stream: string, status: string, streams: readonly string[]): CheckedCall {
  const provides = streams.map((one) => [
    one,
    WANTS.filter((need) => need.startsWith(`${one}.`)).map((need) => need.slice(one.length + 1)),
  ]);
  return { stream, status, provides: Object.fromEntries(provides) };
}
const STREAMS = [...new Set(WANTS.map((need) => need.split('.')[0] ?? ''))];

describe('permissionMap', () => {
  it('counts what the open calls let be measured', () => {
    const map = permissionMap([call('all', 'available', STREAMS), call('else', 'plan', ['articles'])], CONTEXT);
    expect(map).toMatchObject({ measurable: 1, of: 1, refused: [{ stream: 'else', signals: [], statements: [] }] });
    expect(map.sentence).toBe(`What may be read is enough for 1 of 1 signal of ${SIX_STAGE.title}.`);
  });

  it('names the statements that a refused call would speak to', () => {
    const map = permissionMap([call('all', 'permission', STREAMS)], CONTEXT);
    expect(map).toMatchObject({ measurable: 0, of: 1 });
    expect(map.refused[0]?.signals.map(({ short }) => short)).toEqual(['D3']);
    const asks = SIX_STAGE.criteria.filter(({ families }) =>
      families.some((family) => family.signals.some(({ id }) => id === D3.id || D3.aliases.includes(id))),
    );
    expect(asks.length).toBeGreaterThan(0);
    expect(map.refused[0]?.statements.map(({ id }) => id)).toEqual(asks.map(({ id }) => id));
  });

  it('does not count as seen what the account cannot fill', () => {
    // D3 wants tickets, and of sla_clocks either `met` or both of `breach_at` and `fulfilled_at`.
    const whole = call('all', 'available', STREAMS);
    const partly = (fields: readonly string[]) =>
      permissionMap([{ ...whole, lacks: { sla_clocks: fields } }], CONTEXT).measurable;
    expect([partly(['met']), partly(['breach_at']), partly(['met', 'breach_at'])]).toEqual([1, 1, 0]);
  });
});
