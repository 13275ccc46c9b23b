import { parseMapping } from '../../connectors/file/plan.ts';
import { openFileSource } from '../../connectors/file/source.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';

/** Tickets of a file under a mapping, by id, and the columns that it leaves out. Nothing is hashed; imported on 1 June 2026. */
export async function readFile(path: string, yaml: string) {
  const source = await openFileSource({
    paths: [path],
    mapping: parseMapping(yaml, 'm'),
    mappingName: 'm',
    pseudonymise: (_, value) => value,
    now: new Date('2026-06-01T00:00:00Z'),
  });
  try {
    const tickets: TelemetryRecord<'ticket'>[] = [];
    for await (const page of source.read(null, new AbortController().signal))
      tickets.push(...(page.records.ticket ?? []));
    return { tickets: tickets.sort((a, b) => a.id.localeCompare(b.id)), unmapped: source.unmapped };
  } finally {
    await source.close();
  }
}
