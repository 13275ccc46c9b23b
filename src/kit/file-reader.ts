import type { RecordSource } from './record-source.ts';

/** Reading of files to import; the mapping's shape is the file connector's own. */
export interface FileReader {
  /** `sheet`: of a workbook; the first when left out. */
  proposeMapping(paths: readonly string[], over?: { readonly sheet?: string | undefined }): Promise<MappingProposal>;
  /** The same for counts of self-service by week or day. */
  proposeCounts(paths: readonly string[], over?: { readonly sheet?: string | undefined }): Promise<MappingProposal>;
  /** Whether a mapping file is one of counts. */
  isCounts(text: string): boolean;
  /** What the mapping says decides what is read: tickets, changes, or counts of self-service. Errors: BAD_MAPPING, BAD_INPUT_FILE. */
  openSource(
    paths: readonly string[],
    mapping: { readonly text: string; readonly name: string },
    /** Said on the command line; wins over the mapping. */
    over?: { readonly sheet?: string | undefined; readonly timeZone?: string | undefined },
  ): Promise<RecordSource>;
}

/** A question that a file does not answer, with what speaks for each reading. */
export interface MappingPoint {
  readonly id: string;
  readonly target: string;
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly evidence: string }[];
  /** Values of the file: for the screen of the person who owns it, nowhere else. */
  readonly samples: readonly string[];
  readonly text?: { readonly hint: string; read(text: string): object | { readonly wrong: string } };
}

export interface SettledMapping {
  readonly yaml: string;
  readonly choices: readonly { readonly target: string; readonly column: string; readonly why: string }[];
  readonly open: readonly string[];
  readonly unused: readonly { readonly column: string; readonly sample: string | null; readonly suggestion: string }[];
}

export interface MappingProposal extends SettledMapping {
  readonly mode: 'tickets' | 'events' | 'deflection';
  readonly preset: { readonly id: string; readonly product: string } | null;
  readonly points: readonly MappingPoint[];
  readonly unknown: readonly {
    readonly target: string;
    readonly column: string;
    readonly word: string;
    readonly n: number;
  }[];
  readonly looked: { readonly rows: number; readonly of: number };
  /** What the reading of the file found and put right. */
  readonly notes: readonly string[];
  /** The proposal after the answers: number of an option, or a text where the point takes one, by id of the point. */
  settle(answers: ReadonlyMap<string, number | string>): SettledMapping;
}

/** Whether a mapping file is one of counts of self-service; what cannot be read is left to the parser of tickets, which says why. */
export function isCountsMapping(text: string): boolean {
  return /^mode:\s*["']?deflection["']?\s*(#.*)?$/m.test(text);
}
