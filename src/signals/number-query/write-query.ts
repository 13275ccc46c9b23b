import type { SignalDefinition } from '../../domain/signal.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { CLOSINGS } from './closings.ts';

/** A text in quotes, a name in quotes, a comment to the end of its line, or a parameter. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\$[a-z_][a-z0-9_]*/gi;

/** Variable that holds the begin of the windows of so many days. */
export function windowVariable({ window }: Pick<SignalDefinition, 'window'>): string {
  return `from_${window}`;
}

function literalOf(value: number | string | boolean | undefined, name: string): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : `${value}::double`;
  return value === undefined ? `$${name}` : String(value);
}

/** The SQL of a signal with its parameters written out, and the two instants as variables of the analyst's session. */
function writtenSql(definition: SignalDefinition): string {
  const instants: Readonly<Record<string, string>> = {
    from: `getvariable('${windowVariable(definition)}')`,
    as_of: "getvariable('as_of')",
  };
  return definition.sql.replace(TOKEN, (token) => {
    if (!token.startsWith('$')) return token;
    const name = token.slice(1);
    return instants[name] ?? literalOf(definition.params[name], name);
  });
}

function indented(sql: string): string {
  return sql
    .trimEnd()
    .replace(/;$/, '')
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

/**
 * One query that gives `estimate` and `n` of a signal out of the exported views (docs/data-dictionary.md); null for an estimator that shuffles.
 * Rows of connections that do not show what the signal needs are left out as the finding says. What the number is worth (interval, pass
 * probabilities) is not in it. Pure.
 */
export function writeNumberQuery(definition: SignalDefinition): string | null {
  const closing = CLOSINGS.get(definition.estimator);
  const estimator = ESTIMATORS.get(definition.estimator);
  if (closing === undefined || estimator === undefined) return null;
  const optional = Object.entries({ excluded: 'VARCHAR', ...closing.optional });
  const blank = optional.map(([name, type]) => `null::${type} as ${name}`).join(', ');
  const required = Object.entries(estimator.cells).filter(([, cell]) => cell.required);
  const known = required.map(([name]) => `"${name}" is not null`).join(' and ');
  const steps = closing.write(definition);
  return `with units as (
${indented(writtenSql(definition))}
), used as (
  select * from (select * from units union all by name select ${blank} where false)
  where excluded is null and ${known}
    and not list_contains((select connections_left_out from finding where signal = '${definition.id}'), connection)
)${steps.startsWith(',') ? '' : '\n'}${steps};
`;
}
