import { createHash } from 'node:crypto';
import type { RecordSource } from '../../src/kit/record-source.ts';
import { checkSource } from './check-source.ts';
import { checkWords } from './check-words.ts';
import { countOpen } from './count-open.ts';
import { coverStreams } from './coverage.ts';
import { describeTargets } from './describe-targets.ts';
import { digestFiles } from './inspect-file.ts';
import { joinColumns } from './join-columns.ts';
import type { Mapping } from './mapping-schema.ts';
import { readNumberColumns } from './number-columns.ts';
import { mappedColumns, planImport } from './plan.ts';
import { createProtect, decidePrivacy } from './protect-row.ts';
import { type Reading, readPages } from './read-pages.ts';
import type { Pseudonymise } from './source-row.ts';
import { keySql, spanOf } from './source-span.ts';
import { stageFiles } from './stage.ts';
import { describeBareDays, timeCells } from './time-cells.ts';
import { readTimeColumns, type TimeReading } from './time-columns.ts';

export interface FileSourceOptions {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  /** Name of the mapping in messages. */
  readonly mappingName: string;
  /** Questions that the mapping file still holds (`openPoints`): said, as what it reads meanwhile is the wizard's first guess. */
  readonly open?: readonly string[];
  readonly pseudonymise: Pseudonymise;
  /** Nothing in a file can be later than the moment of its import. */
  readonly now: Date;
  /** End of the file when it is known; else the last change stamp (event log) or the last time of any row. */
  readonly until?: Date;
  readonly memoryMb?: number;
  /** Where the files are staged, e.g. the data folder; the temporary folder when left out. */
  readonly stageFolder?: string;
  /** Rows behind which a page ends, at the next ticket. */
  readonly pageRows?: number;
}

const PAGE_ROWS = 5_000;

/**
 * Opens files under a mapping as a source of canonical records: tickets in the order of their keys, with events, service-level outcomes
 * and links. Times are UTC. Rows that contradict themselves or the mapping are set aside with row number and reason.
 * A checkpoint is the digest of files and mapping plus the last row read: the same import again reads nothing, an interrupted one goes on.
 * Memory is bounded by `memoryMb` and one page. Close it when done: it owns a temporary folder.
 * Errors: BAD_INPUT_FILE, BAD_MAPPING (columns, date orders, unmapped words), each with all problems found.
 */
export async function openFileSource(options: FileSourceOptions): Promise<RecordSource> {
  const { mapping, mappingName: name } = options;
  const files = await stageFiles(options.paths, mapping, {
    memoryMb: options.memoryMb,
    folder: options.stageFolder,
    only: mappedColumns(mapping),
  });
  try {
    const stage = await joinColumns(files, mapping.joined ?? []);
    const plan = planImport(mapping, stage.columns, name);
    const times = await readTimeColumns(
      stage,
      plan.bindings
        .filter((one) => one.kind === 'time' && one.column !== null)
        .map((one) => ({
          column: one.column ?? '',
          missing: one.missing,
          format: one.dateFormat ?? mapping.date_format ?? null,
        })),
      mapping.time_zone ?? null,
      name,
    );
    const words = await checkWords(stage, plan, name);
    const key = keySql(plan);
    const numbers = await readNumberColumns(stage, plan);
    const cells = timeCells(plan, times, options.now);
    const span = await spanOf(stage, plan, cells, numbers, options.now);
    const until = options.until ?? span.until;
    const openTickets = await countOpen(stage, plan, cells, key, until.getTime());
    const kept = await decidePrivacy(stage, plan, key);
    const content = await digestFiles(options.paths);
    const digest = createHash('sha256')
      .update(content)
      .update(JSON.stringify([mapping, until.toISOString()]))
      .digest('hex');
    const reading: Reading = {
      stage,
      plan,
      cells,
      numbers,
      key,
      until,
      digest,
      content,
      pseudonymise: options.pseudonymise,
      protect: createProtect(plan, kept),
      pageRows: options.pageRows ?? PAGE_ROWS,
    };
    const notes = [
      ...(options.open ?? []).map((point) => `${name} leaves this open (# OPEN:), and is read as written: ${point}`),
      ...stage.notes,
      ...describe(times),
      ...(await describeBareDays(stage, plan, times)),
      ...describeTargets(plan),
    ];
    return {
      digest,
      content,
      // Bounds of time are exclusive: the first whole second behind the last stamp.
      coverage: {
        ...coverStreams(plan, openTickets),
        since: span.since,
        until: new Date(Math.floor(until.getTime() / 1000 + 1) * 1000),
      },
      rows: stage.rows + stage.malformedRows,
      tickets: span.tickets,
      unmapped: plan.unmapped,
      notes,
      form: { mode: plan.mode, columns: [...stage.staged].sort() },
      check: (signal) => checkSource({ reading, kept, words, openTickets, notes }, signal),
      read: readPages(reading),
      close: stage.close,
    };
  } catch (error) {
    await files.close();
    throw error;
  }
}

function describe(times: ReadonlyMap<string, TimeReading>): string[] {
  return [...times.values()]
    .filter((one) => one.order !== null || one.serial)
    .map((one) =>
      one.serial
        ? `${one.column}: ${one.why}.`
        : `${one.column}: ${one.order === 'day_first' ? 'day before month' : 'month before day'}; ${one.why}.`,
    );
}
