import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../connectors/index.ts';
import { readPairs } from '../src/cli/pairs.ts';
import type { SignalDefinition } from '../src/domain/signal.ts';
import { describeVendors } from '../src/pipeline/describe-vendors.ts';
import { openWorkbench, type Workbench } from './harness/run-cli.ts';

/** Only what a signal needs counts here. */
function signal(id: string, needs: string[], needs_any?: string[][]): SignalDefinition {
  return { id, title: id, needs, needs_any } as unknown as SignalDefinition;
}

const ACME = {
  id: 'acme',
  title: 'Acme',
  flags: [{ name: 'url', description: 'address', required: true }],
  example: { url: 'https://acme.com', account: '1' },
  never: { csat: 'Acme has no surveys.' },
  streams: [
    {
      id: 'tickets',
      title: 'Tickets',
      kind: 'history' as const,
      provides: { tickets: ['channel'], messages: ['author'] },
    },
    { id: 'more', title: 'More', kind: 'history' as const, provides: { tickets: ['type'] } },
  ],
};

describe('what a vendor can show', () => {
  it('is full, part or none by what signals need of each stream', () => {
    const [acme] = describeVendors(
      [ACME],
      [
        signal('A1', ['tickets.channel', 'tickets.type']),
        signal('B2', ['tickets', 'messages.note']),
        signal('C3', ['csat.score']),
        // Met by the second way, so that the missing form of the first counts for nothing.
        signal('D4', ['tickets'], [['tickets.form'], ['messages.author']]),
      ],
    );
    const cell = (stream: string) => acme?.streams.find((one) => one.stream === stream);
    expect(acme?.signals).toEqual({ lit: 2, of: 4 });
    expect(cell('tickets')).toEqual({ stream: 'tickets', shown: 'full', lacks: [], reason: null });
    expect(cell('messages')).toMatchObject({ shown: 'part', lacks: [{ field: 'note', signals: ['B2'] }] });
    expect(cell('csat')).toMatchObject({ shown: 'none', lacks: [], reason: 'Acme has no surveys.' });
    expect(acme?.example).toBe('plumbline connect acme --url https://acme.com --set account=1');
  });

  it.each(CONNECTORS.map((one) => [one.id, one] as const))(
    'takes the example of %s and says why a stream is empty',
    (_id, one) => {
      const typed = readPairs(Object.entries(one.example).map(([key, value]) => `${key}=${value}`));
      expect(one.settings.safeParse(typed).error?.issues).toBeUndefined();
      const [vendor] = describeVendors([one], []);
      const unsaid = vendor?.streams.filter(({ shown, reason }) => shown === 'none' && reason === null);
      expect(unsaid).toEqual([]);
    },
  );
});

describe('plumbline connect without a vendor', () => {
  let bench: Workbench;
  beforeEach(() => {
    bench = openWorkbench();
  });
  afterEach(() => bench.remove());

  it('lists every vendor, for people and for programs', async () => {
    const shown = await bench.run('connect');
    expect(shown.code).toBe(0);
    for (const { title } of CONNECTORS) expect(shown.out).toContain(`${title}  feeds `);
    const { vendors } = JSON.parse((await bench.run('connect', '--json')).out);
    expect(vendors.map(({ id }: { id: string }) => id)).toEqual(CONNECTORS.map(({ id }) => id));
  });

  it.each([
    ['zendsk', 'zendesk'],
    ['Zammadd', 'zammad'],
    ['HubSpot Service', 'hubspot'],
  ])('names for %s the nearest', async (typed, meant) => {
    const { code, err } = await bench.run('connect', typed, '--url', 'acme', '--token-env', 'X');
    expect([code, err]).toEqual([2, expect.stringContaining(`Did you mean ${meant}?`)]);
  });
});
