import { describe, expect, it } from 'vitest';
import type { Observability, StreamName } from '../../domain/observability.ts';
import { SignalDefinition } from '../../domain/signal.ts';
import { observe } from './observe.ts';

const day = (offset: number): Date => new Date(Date.UTC(2026, 2, 2) + offset * 86_400_000);
const window = { from: day(-90), to: day(0) };

const signal = (needs: string[], needs_any?: string[][]): SignalDefinition =>
  SignalDefinition.parse({
    id: 'X1-any-thing',
    version: 1,
    title: 'Anything at all',
    description: 'For tests of observability.',
    group: 'team',
    needs,
    needs_any,
    estimator: 'share',
    min_sample: 30,
    lines: { partial: 0.5, full: 0.85, origin: 'CONV', source: 'none' },
    kind: 'behaviour',
    fooled_by: ['nothing'],
    remedy: 'Nothing to do.',
    sql: 'select 1 as nothing',
  });
const row = (stream: StreamName, more: Partial<Observability> = {}): Observability => ({
  connection: 'desk',
  stream,
  status: 'available',
  detail: null,
  fields: ['priority', 'breach_at'],
  since: null,
  until: day(0),
  rows: 0,
  rejected: 0,
  reconciled_share: null,
  ...more,
});
const reasonOf = (needs: string[], rows: Observability[]): string | null =>
  observe(signal(needs), rows, window).lacking.get('desk')?.reason ?? null;

describe('observe', () => {
  it.each<[string, Partial<Observability>, string | null]>([
    ['available', {}, null],
    ['available with no row at all', { rows: 0 }, null],
    ['behind a plan', { status: 'plan' }, 'plan'],
    ['without permission', { status: 'permission' }, 'permission'],
    ['given up by retention', { status: 'retention' }, 'retention'],
    ['not in this vendor', { status: 'absent' }, 'stream'],
    ['since the start of the window', { since: day(-90) }, null],
    ['since a second later', { since: new Date(day(-90).getTime() + 1000) }, 'retention'],
    ['read up to a tenth of the window ago', { until: day(-9) }, null],
    ['read up to longer ago', { until: day(-9.01) }, 'retention'],
    ['with no known end', { until: null }, null],
  ])('a behaviour stream %s', (_, more, expected) => {
    expect(reasonOf(['events'], [row('events', more)])).toBe(expected);
  });

  it('an export of closed tickets cannot speak of open work, and says so', () => {
    const rows = [row('tickets', { fields: ['reported_solved_at'] })];
    expect(observe(signal(['tickets.open_tickets']), rows, window).lacking.get('desk')).toEqual({
      reason: 'stream',
      detail: 'the source shows closed tickets only: open work cannot be judged',
    });
    expect(reasonOf(['tickets.open_tickets'], [row('tickets', { fields: ['open_tickets'] })])).toBeNull();
  });

  it.each<[string, Partial<Observability>, string | null]>([
    ['seen yesterday for the first time', { since: day(-1) }, null],
    ['seen only after the window', { since: day(1) }, 'retention'],
    ['last read long ago', { until: day(-60) }, null],
  ])('a state stream %s', (_, more, expected) => {
    expect(reasonOf(['sla_policies'], [row('sla_policies', more)])).toBe(expected);
  });

  it.each([
    [['events.priority'], null],
    [['events.status'], 'stream'],
    [['csat'], 'stream'],
  ])('needs %j of a connection that shows events with priority', (needs, expected) => {
    expect(reasonOf(needs, [row('events')])).toBe(expected);
  });

  it('takes any one sufficient set beside the needs', () => {
    const definition = signal(['tickets'], [['events.status'], ['messages', 'csat']]);
    const rows = [row('tickets'), row('messages')];
    expect(observe(definition, rows, window).lacking.get('desk')?.reason).toBe('stream');
    expect(observe(definition, [...rows, row('csat')], window).connections).toEqual(['desk']);
    expect(observe(definition, [...rows.slice(1), row('csat')], window).connections).toEqual([]);
  });

  it('names what is easiest to mend first', () => {
    expect(
      reasonOf(
        ['csat', 'links', 'events'],
        [row('links', { status: 'plan' }), row('events', { status: 'permission' })],
      ),
    ).toBe('permission');
  });

  it('judges connections one by one', () => {
    const rows = [row('events'), row('events', { connection: 'other', status: 'plan' })];
    const found = observe(signal(['events']), rows, window);
    expect(found.connections).toEqual(['desk']);
    expect(found.lacking.get('other')?.reason).toBe('plan');
  });

  it('sees nothing without a connection', () => {
    expect(observe(signal(['events']), [], window)).toEqual({ connections: [], lacking: new Map() });
  });
});
