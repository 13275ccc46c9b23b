import { basename } from 'node:path';
import { WorkspaceName } from '../domain/operations.ts';
import type { SourceCheck } from '../domain/source-check.ts';
import { PlumblineError } from '../errors/index.ts';
import type { FileReader } from '../kit/file-reader.ts';
import type { Ledger } from '../store/ports.ts';
import { type ImportDeps, type ImportResult, importSource } from './import.ts';
import { judgeCheck, type LossLimit } from './judge-check.ts';

/** Files to import under a mapping. */
export interface FilesToImport {
  /** Where they lie. */
  readonly paths: readonly string[];
  /** What they are called. */
  readonly files: readonly string[];
  readonly mapping: { readonly text: string; readonly name: string };
  readonly sheet?: string | undefined;
  /** IANA zone of times without offset, over the one of the mapping. */
  readonly timeZone?: string | undefined;
}

export interface CheckOutcome {
  readonly check: SourceCheck;
  /** Why an import would be refused; null = it would not. */
  readonly refusal: PlumblineError | null;
}

/** Why an import would be refused, or null. */
function refusalOf(check: SourceCheck, limit: LossLimit): PlumblineError | null {
  try {
    judgeCheck(check, limit);
    return null;
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'ROWS_LOST') return error;
    throw error;
  }
}

/** The dry run alone: nothing is opened but the files, nothing is stored. Errors: those of the source; ROWS_LOST comes as `refusal`. */
export async function checkFiles(
  job: FilesToImport,
  deps: { readonly reader: FileReader; readonly limit: LossLimit },
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const source = await deps.reader.openSource(job.paths, job.mapping, job);
  try {
    const check = await source.check(signal);
    return { check, refusal: refusalOf(check, deps.limit) };
  } finally {
    await source.close();
  }
}

/** Imports files under a mapping, as the connection of that name. Errors: those of the source and of the store. */
export async function importFiles(
  job: FilesToImport & { readonly name: string; readonly replace: boolean },
  deps: ImportDeps & { readonly reader: FileReader },
  signal: AbortSignal,
): Promise<ImportResult> {
  const source = await deps.reader.openSource(job.paths, job.mapping, job);
  try {
    const settings = {
      files: job.files.map((file) => basename(file)),
      mapping: basename(job.mapping.name),
      ...(source.coverage.timeZone == null ? {} : { time_zone: source.coverage.timeZone }),
    };
    return await importSource({ name: job.name, source, settings, replace: job.replace }, deps, signal);
  } finally {
    await source.close();
  }
}

/** Refuses a name that cannot be one or that belongs to another kind of connection. Errors: BAD_USAGE. */
export async function assertImportName(name: string, ledger: Pick<Ledger, 'connections'>): Promise<void> {
  if (!WorkspaceName.safeParse(name).success)
    throw new PlumblineError(
      'BAD_USAGE',
      `The name "${name}" cannot be used.`,
      'Use lower-case letters, digits, - and _, e.g. --name incidents.',
    );
  const other = (await ledger.connections()).find((one) => one.name === name && one.vendor !== 'file');
  if (other !== undefined)
    throw new PlumblineError(
      'BAD_USAGE',
      `${name} is a ${other.vendor} connection.`,
      'Choose another --name for the file.',
    );
}
