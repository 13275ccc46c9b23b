import { describe, expect, it } from 'vitest';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { underOneId } from './feeds-csat.ts';

type Csat = TelemetryRecord<'csat'>;
const MARCH = Date.parse('2026-03-03T12:00:00Z');
const rating = (minutes: number | null, score: number | null, more: Partial<Csat> = {}): Csat => ({
  id: 'old',
  ticket_id: '1',
  offered_at: new Date(MARCH - 3_600_000),
  answered_at: minutes === null ? null : new Date(MARCH + minutes * 60_000),
  score,
  scale: 'good/bad',
  reason_code: '7',
  ...more,
});
const answer = rating(0, 1, { id: 'survey:a', scale: '1-5', offered_at: null, reason_code: null });
const DAYS = 24 * 60;

describe('one rating that both products tell', () => {
  it.each([
    ['the same moment and sense', rating(0, 1), 'old'],
    ['the same sense, stamped a day later', rating(1 * DAYS, 1), 'old'],
    ['offered there and answered here', rating(null, null), 'old'],
    ['changed within minutes', rating(-3, 0), 'old'],
    ['another sense on another day', rating(-2 * DAYS, 0), 'survey:a'],
    ['half a year before', rating(-180 * DAYS, 1), 'survey:a'],
  ])('%s: %j', (_name, older, id) => {
    expect(underOneId(answer, [older]).id).toBe(id);
  });

  it('keeps the finer score and the offer', () => {
    expect(underOneId(answer, [rating(0, 1)])).toEqual({
      ...answer,
      id: 'old',
      offered_at: new Date(MARCH - 3_600_000),
      reason_code: '7',
    });
    expect(underOneId(answer, [])).toEqual(answer);
  });
});
