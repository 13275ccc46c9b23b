import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMapping } from '../../connectors/file/plan.ts';
import { openFileSource } from '../../connectors/file/source.ts';
import type { SetAside } from '../../src/domain/observability.ts';
import type { TelemetryBatch, Ticket } from '../../src/domain/telemetry.ts';
import type { SourceCoverage } from '../../src/kit/record-source.ts';

/** What an import of a few lines gives. */
export interface ReadLines {
  readonly batch: TelemetryBatch;
  readonly tickets: ReadonlyMap<string, Ticket>;
  /** Notes as code, column and row, sorted. */
  readonly notes: readonly string[];
  readonly aside: readonly SetAside[];
  readonly said: readonly string[];
  readonly provides: SourceCoverage['provides'];
}

/** Reads the lines of a CSV under a mapping without its first line and `time_zone`; now = 2024-06-01. */
export async function readLines(lines: readonly string[], mapping: string, zone = 'UTC'): Promise<ReadLines> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-lines-'));
  const path = join(folder, 'lines.csv');
  writeFileSync(path, `${lines.join('\n')}\n`);
  try {
    return await readPath(path, mapping, zone);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readPath(path: string, mapping: string, zone: string): Promise<ReadLines> {
  const source = await openFileSource({
    paths: [path],
    mapping: parseMapping(`version: 1\ntime_zone: ${zone}\n${mapping}`, 'map.yaml'),
    mappingName: 'map.yaml',
    pseudonymise: (kind, value) => `${kind}-${value.length}`,
    now: new Date('2024-06-01T00:00:00Z'),
  });
  try {
    const batch: Record<string, unknown[]> = {};
    const aside: SetAside[] = [];
    for await (const page of source.read(null, new AbortController().signal)) {
      for (const [table, rows] of Object.entries(page.records))
        batch[table] = [...(batch[table] ?? []), ...(rows ?? [])];
      aside.push(...page.rejected);
    }
    const whole = batch as TelemetryBatch;
    return {
      batch: whole,
      tickets: new Map((whole.ticket ?? []).map((ticket) => [ticket.id, ticket])),
      notes: aside.map((one) => `${one.stream} ${one.code} ${one.path} ${one.ref}`).sort(),
      aside,
      said: source.notes,
      provides: source.coverage.provides,
    };
  } finally {
    await source.close();
  }
}
