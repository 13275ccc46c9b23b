import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import { CatalogueView, catalogueView } from './catalogue.ts';

const view = catalogueView(SIX_STAGE, new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal])));

describe('catalogueView', () => {
  it('has every statement of the model in its area, and every signal once', () => {
    expect(CatalogueView.safeParse(view).success).toBe(true);
    const statements = view.areas.flatMap((area) => area.statements.map(({ id }) => id));
    expect(statements.toSorted()).toEqual(SIX_STAGE.criteria.map(({ id }) => id).toSorted());
    expect(view.signals.map(({ signal }) => signal.id).toSorted()).toEqual(
      SHIPPED_SIGNALS.map(({ id }) => id).toSorted(),
    );
  });

  it('says of a signal what it reads, its lines with their origin, its SQL, and what it speaks for', () => {
    const d3 = view.signals.find(({ signal }) => signal.short === 'D3');
    // rules/signals: ISO/IEC 33020 bands above 50 % and above 85 %.
    expect(d3).toMatchObject({
      reads: 'tickets, and sla_clocks.breach_at and sla_clocks.fulfilled_at, or sla_clocks.met',
      worked_out: 'share, over 90d, from 30 first-reply clocks on',
    });
    expect(d3?.lines_text).toMatch(/^partly: 50 %; fully: 85 %\. They come from an ISO standard \(ISO\/IEC 33020/);
    expect(d3?.sql).toMatch(/select/i);
    expect(d3?.statements.map(({ id }) => id)).toContain('S1.4');
    const asked = view.areas.flatMap((area) => area.statements).find(({ id }) => id === 'S1.4');
    expect(asked?.signals.map(({ short }) => short)).toContain('D3');
    expect(asked?.people_only).toBe(false);
  });

  it('tells which statements only people can speak to', () => {
    const silent = SIX_STAGE.criteria.filter(({ families }) => families.every((family) => family.signals.length === 0));
    const told = view.areas.flatMap((area) => area.statements).filter(({ people_only }) => people_only);
    expect(told.map(({ id }) => id).toSorted()).toEqual(silent.map(({ id }) => id).toSorted());
  });
});
