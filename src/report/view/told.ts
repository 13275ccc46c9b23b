import { counted } from '../numbers.ts';

interface Gain {
  readonly what: string;
  readonly statements: number;
  readonly signals: number;
}

/** What a source tells and what would let it tell more, as the pipeline has it (`tellSource`). */
export interface ToldView {
  readonly statements: { readonly answered: number; readonly of: number };
  readonly signals: { readonly shown: number; readonly of: number };
  readonly figures: { readonly known: number; readonly of: number } | null;
  readonly columns: readonly Gain[];
  readonly allColumns: Omit<Gain, 'what'>;
  readonly connection: Gain | null;
}

const MOST_COLUMNS = 5;

function adds({ statements, signals }: Omit<Gain, 'what'>): string {
  return statements > 0 ? counted(statements, 'statement') : counted(signals, 'signal');
}

/** What this source can tell, in sentences: now, with further columns, with a connection. */
export function sayTold(told: ToldView): string[] {
  const figures =
    told.figures === null ? '' : ` and ${told.figures.known} of ${counted(told.figures.of, 'plain figure')}`;
  const lines = [
    `Can speak for ${told.statements.answered} of ${counted(told.statements.of, 'statement')} (${told.signals.shown} of ${counted(told.signals.of, 'signal')})${figures}.`,
  ];
  const named = told.columns.slice(0, MOST_COLUMNS).map((one) => `${one.what} (${adds(one)})`);
  if (named.length > 0) {
    const more = told.columns.length - named.length;
    const all = told.columns.length > 1 ? `; all that such a file can carry: ${adds(told.allColumns)}` : '';
    lines.push(`These columns would add: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}${all}.`);
  }
  if (told.connection !== null)
    lines.push(`A connection would add ${adds(told.connection)} (${told.connection.what}): plumbline connect.`);
  return lines;
}
