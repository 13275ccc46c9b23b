import { describe, expect, it } from 'vitest';
import { STREAMS } from '../../domain/observability.ts';
import type { VendorEvidence } from '../../domain/vendor-evidence.ts';
import { createStyle } from '../style.ts';
import { widthOf } from '../text-width.ts';
import { renderVendors } from './vendors.ts';

const ACME: VendorEvidence = {
  id: 'acme',
  title: 'Acme Desk',
  example: 'plumbline connect acme --url https://desk.acme.com',
  signals: { lit: 3, of: 5 },
  streams: STREAMS.map((stream) => {
    if (stream === 'csat') return { stream, shown: 'none', lacks: [], reason: 'Acme has no surveys.' };
    if (stream === 'sla_clocks')
      return { stream, shown: 'part', lacks: [{ field: 'met', signals: ['D1'] }], reason: null };
    return { stream, shown: 'full', lacks: [], reason: null };
  }),
};

describe('the list of vendors', () => {
  it.each([80, 120])(
    'says at %i columns what each shows in full, in part and not, with a line to begin with',
    (width) => {
      const lines = renderVendors([ACME], createStyle({ color: false, width })).split('\n');
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
      expect(lines[0]).toBe('Acme Desk  feeds 3 of 5 signals');
      expect(lines).toContain('  ~ part  sla clocks');
      expect(lines).toContain('  – none  csat');
      expect(lines).toContain('  plumbline connect acme --url https://desk.acme.com');
      expect(lines[1]).toMatch(/^ {2}✓ full {2}tickets, events, messages, sla policies, calendars, articles/);
    },
  );

  it('says what to do where there is no vendor', () => {
    expect(renderVendors([], createStyle({ color: false, width: 80 }))).toContain('plumbline import <file>');
  });
});
