import { describe, expect, it } from 'vitest';
import { measured, unmeasured } from '../../../test/harness/finding-builder.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import { reasonOf, unseenView } from './unseen.ts';

const CONTEXT = { model: SIX_STAGE, signals: new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal])) };
const ids = [...new Set(SIX_STAGE.criteria.flatMap((c) => c.families.flatMap((f) => f.signals.map(({ id }) => id))))];
const [a = '', b = '', c = '', d = ''] = ids;

describe('unseenView', () => {
  const view = unseenView(
    [
      measured(a, 1, 1),
      unmeasured(b, 'not_observable', 'permission'),
      unmeasured(c, 'not_observable', 'permission'),
      unmeasured(d, 'insufficient', 'few'),
      unmeasured('Z9-asked-by-nobody', 'not_observable', 'plan'),
    ],
    CONTEXT,
  );

  it('groups what stayed dark by its reason, with the way out and the statements that lose by it', () => {
    expect(view.groups.map(({ reason, signals }) => [reason, signals.length])).toEqual([
      ['permission', 2],
      ['too_few', 1],
    ]);
    expect(view.groups[0]).toMatchObject({ words: 'cannot be seen: the token may not read them' });
    expect(view.groups[0]?.way_out).toMatch(/^Let the account/);
    const asks = SIX_STAGE.criteria.filter(({ families }) =>
      families.some((f) => f.signals.some(({ id }) => id === d)),
    );
    expect(view.groups[1]?.statements.map(({ id }) => id)).toEqual(asks.map(({ id }) => id));
  });

  it('counts signals that the model asks for, and no others', () => {
    expect(view).toMatchObject({ measured: 1, of: 4, share: 0.25, sentence: '1 of 4 signals measured (25 %).' });
  });

  it('says of a reason that it does not know what it is', () => {
    expect(reasonOf({ status: 'not_observable', reason: 'moon' })).toEqual({
      reason: 'other',
      words: 'cannot be seen: moon',
      way_out: null,
    });
    expect(reasonOf({ status: 'not_applicable', reason: null }).way_out).toBeNull();
  });
});
