import { describe, expect, it } from 'vitest';
import { bytesOf } from '../src/config/sizes.ts';
import { type Run, RunParams } from '../src/domain/operations.ts';
import type { Flow } from './contract.ts';
import { type Desk, planRun } from './plan-run.ts';
import { concurrencyOf } from './worker-process.ts';

const AT = new Date('2026-03-01T12:00:00Z');

function aRun(kind: Run['kind'], params: Partial<RunParams> = {}): Run {
  return {
    id: `${kind}.harbor.nightly.1`,
    workspace: 'harbor',
    kind,
    schedule: 'nightly',
    slot: AT,
    due_at: AT,
    params: RunParams.parse(params),
    status: 'queued',
    attempts: 0,
    progress: null,
    digest: null,
    failure: null,
    requested_by: 'test',
    created_at: AT,
    started_at: null,
    ended_at: null,
    seen_at: null,
  };
}

const DESK: Desk = {
  tickets: 99,
  connections: [
    { name: 'main', vendor: 'helpdesk', role: 'desk', status: 'connected' },
    { name: 'branch', vendor: 'helpdesk', role: 'desk', status: 'connected' },
    { name: 'old', vendor: 'helpdesk', role: 'desk', status: 'disconnected' },
    { name: 'sheet', vendor: 'file', role: 'desk', status: 'connected' },
  ],
};
const DEPS = {
  largeTickets: 100,
  connectors: new Map([
    [
      'helpdesk',
      {
        streams: [
          { id: 'agents', title: '', kind: 'config', provides: {} },
          { id: 'tickets', title: '', kind: 'history', provides: {} },
        ],
      } as const,
    ],
  ]),
};
const ids = (flow: Flow): string[] => [flow.id, ...flow.children.flatMap(ids)];
const all = (flow: Flow): Flow[] => [flow, ...flow.children.flatMap(all)];

describe('planRun', () => {
  it('reads of a source of customers only what gives organisations', () => {
    const streams = [
      { id: 'agents', title: '', kind: 'config', provides: { agents: [] } },
      { id: 'companies', title: '', kind: 'history', provides: { organisations: ['tier'], tickets: [] } },
    ] as const;
    const crm = { name: 'crm', vendor: 'helpdesk', role: 'customers', status: 'connected' } as const;
    const deps = { ...DEPS, connectors: new Map([['helpdesk', { streams }]]) };
    const flow = planRun(aRun('sync'), { tickets: 0, connections: [crm] }, deps);
    expect(ids(flow).slice(1)).toEqual(['sync.harbor.nightly.1__crm', 'sync.harbor.nightly.1__crm__companies']);
  });

  it('measures after the syncs of the connected helpdesks, each after its units', () => {
    const flow = planRun(aRun('snapshot'), DESK, DEPS);
    const run = 'snapshot.harbor.nightly.1';
    expect(flow).toMatchObject({ queue: 'snapshot', lane: 'usual', payload: { run, workspace: 'harbor' } });
    expect(ids(flow)).toEqual([
      run,
      `${run}__main`,
      `${run}__main__configuration`,
      `${run}__main__tickets`,
      `${run}__branch`,
      `${run}__branch__configuration`,
      `${run}__branch__tickets`,
    ]);
    expect(planRun(aRun('snapshot'), DESK, DEPS)).toEqual(flow);
    expect(ids(flow).some((id) => id.includes(':'))).toBe(false);
  });

  it('syncs what it is asked to, or nothing', () => {
    expect(planRun(aRun('snapshot', { sync: false }), DESK, DEPS).children).toEqual([]);
    const named = planRun(aRun('sync', { connections: ['branch', 'sheet'] }), DESK, DEPS);
    expect(named.children.map((child) => child.payload.connection)).toEqual(['branch']);
    expect(named.payload).toEqual({ part: 'run', run: 'sync.harbor.nightly.1', workspace: 'harbor' });
    expect(planRun(aRun('maintain'), DESK, DEPS)).toMatchObject({ queue: 'maintain', children: [] });
  });

  it('gives a desk from the stated number of tickets on a lane of its own', () => {
    const lanes = (tickets: number) =>
      new Set(all(planRun(aRun('snapshot'), { ...DESK, tickets }, DEPS)).map((f) => f.lane));
    expect(lanes(99)).toEqual(new Set(['usual']));
    expect(lanes(100)).toEqual(new Set(['large']));
  });
});

describe('concurrencyOf', () => {
  const settings = { syncs: 8, drainMs: 1, attempts: 1, largeTickets: 1, tickMs: 1 };
  it.each([
    ['2GB', '1GB', 2],
    ['2500MB', '1GB', 2],
    ['512MB', '1GB', 1],
    ['8GB', '512MB', 15],
  ])('measures with %s, at %s a desk, %i at a time', (memory, store, n) => {
    const at = concurrencyOf({ ...settings, memoryBytes: bytesOf(memory), storeMemoryBytes: bytesOf(store) });
    expect(at.snapshot).toEqual({ usual: n, large: 1 });
    expect(at.sync.usual).toBe(8);
  });
});
