import { describe, expect, it } from 'vitest';
import { skeletonModel, skeletonSignals } from '../../test/harness/six-stage-skeleton.ts';
import { type Observability, STREAMS } from '../domain/observability.ts';
import { tellSource } from './tell-source.ts';

const model = skeletonModel({ withSignals: true });
const numberOf = (id: string): number => Number(/^\w(\d+)-/.exec(id)?.[1]);

/** Statement 1 needs the priority, statement 2 satisfaction, statements 3 to 30 messages. */
const signals = skeletonSignals(model).map((signal) => ({
  ...signal,
  needs: [
    numberOf(signal.id) === 1 ? 'tickets.priority_rank' : numberOf(signal.id) === 2 ? 'csat.score' : 'messages.author',
  ],
}));
const perStatement = signals.length / 30;

function seeing(fields: Partial<Record<(typeof STREAMS)[number], string[]>>): Observability[] {
  return STREAMS.map((stream) => ({
    connection: 'file',
    stream,
    status: fields[stream] === undefined ? 'absent' : 'available',
    detail: null,
    fields: fields[stream] ?? [],
    since: null,
    until: null,
    rows: 0,
    rejected: 0,
    reconciled_share: null,
  }));
}

const desk = (provides: Record<string, string[]>) =>
  ({ title: 'Desk', streams: [{ provides }] }) as unknown as Parameters<typeof tellSource>[3][number];

describe('tellSource', () => {
  it('counts what is fed, and what each column and a connection would add', () => {
    const told = tellSource('file', seeing({ tickets: ['id'] }), { signals, model }, [
      desk({ messages: ['author'] }),
      desk({ tickets: ['priority_rank'], messages: ['author'] }),
    ]);
    expect(told.statements).toEqual({ answered: 0, of: 30 });
    expect(told.signals).toEqual({ shown: 0, of: signals.length });
    expect(told.columns).toEqual([
      { what: 'priority', statements: 1, signals: perStatement },
      { what: 'satisfaction', statements: 1, signals: perStatement },
    ]);
    expect(told.allColumns).toEqual({ statements: 2, signals: 2 * perStatement });
    expect(told.connection).toEqual({ what: 'Desk', statements: 29, signals: 29 * perStatement });
  });

  it('offers nothing that is there already, nor what another connection has', () => {
    const all = seeing({ tickets: ['priority_rank'], csat: ['score'], messages: ['author'] });
    expect(tellSource('file', all, { signals, model }, [desk({ messages: ['author'] })])).toMatchObject({
      statements: { answered: 30, of: 30 },
      columns: [],
      allColumns: { statements: 0, signals: 0 },
      connection: null,
    });
    expect(tellSource('other', all, { signals, model }, []).statements.answered).toBe(0);
  });
});
