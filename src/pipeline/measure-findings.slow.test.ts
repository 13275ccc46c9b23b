import { join } from 'node:path';
import { expect, it } from 'vitest';
import { syncDemoDesk } from '../../test/harness/demo-store.ts';
import { loadSignals } from '../signals/index.ts';
import { endOfData } from './end-of-data.ts';
import { measureFindings } from './measure-findings.ts';

it('gives each signal the same finding whatever the others look back on', async () => {
  const { store } = await syncDemoDesk('harbor');
  const signals = loadSignals(join(import.meta.dirname, '..', '..', 'rules', 'signals')).signals.map(
    (s) => s.definition,
  );
  const observability = await store.telemetry.observability();
  const asOf = endOfData(observability);
  if (asOf === null) throw new Error('The demo desk is empty.');
  const measure = (rows: number) =>
    measureFindings(store.telemetry, {
      signals,
      asOf,
      observability: observability.map((one) => ({ ...one, rows })),
      disconnected: new Set(),
      earlier: null,
    });
  const together = await measure(1);
  expect(together.filter((finding) => finding.status === 'measured').length).toBeGreaterThan(40);
  // Desks of this size are measured in two rounds, each with a horizon of its own.
  expect(await measure(1_000_000)).toEqual(together);
  await store.close();
});
