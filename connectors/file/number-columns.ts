import type { Plan } from './plan.ts';
import { known, lit } from './sql.ts';
import type { Stage } from './stage.ts';

/** How a column writes its numbers: with a decimal comma, a decimal point, or so that "1,234" can be either. */
export type NumberStyle = 'comma' | 'point' | 'either';

/** A comma that can only be decimal; a comma that can only part thousands; a point that can only be decimal. */
const COMMA_DECIMAL =
  '^[+-]?([0-9]{1,3}([.][0-9]{3})+,[0-9]+|0,[0-9]+|[0-9]*,([0-9]{1,2}|[0-9]{4,})|[0-9]{4,},[0-9]+)$';
const COMMA_THOUSANDS = '^[+-]?[0-9]{1,3}(,[0-9]{3})+[.][0-9]*$|^[+-]?[0-9]{1,3}(,[0-9]{3}){2,}$';
const POINT_DECIMAL = '^[+-]?([0-9]*[.]([0-9]{1,2}|[0-9]{4,})|0[.][0-9]+)$';
const OPEN = '^[+-]?[1-9][0-9]{0,2},[0-9]{3}$';
/** A point that parts thousands in many countries and decimals in others. */
const OPEN_POINT = '^[+-]?[1-9][0-9]{0,2}([.][0-9]{3})+$';

/**
 * Settles for each column of numbers and durations what its commas mean, by values that allow one reading only. A column of which all
 * numbers of four digits and more carry a comma parts thousands. A point before three digits beside whole numbers of at most three digits may
 * part thousands too, in a text file; JSON, Parquet and workbooks know one point only. `either` = both readings stay possible: such cells
 * stay unread.
 */
export async function readNumberColumns(stage: Stage, plan: Plan): Promise<ReadonlyMap<string, NumberStyle>> {
  const styles = new Map<string, NumberStyle>();
  for (const one of plan.bindings) {
    if (one.column === null || (one.kind !== 'duration' && one.kind !== 'count' && one.kind !== 'score')) continue;
    const value = known(one.column, one.missing);
    const count = (pattern: string): string => `count(*) filter (regexp_matches(v, ${lit(pattern)}))`;
    const [row = {}] = await stage.query(
      `select ${count(COMMA_DECIMAL)} as comma, ${count(`${COMMA_THOUSANDS}|${POINT_DECIMAL}`)} as point,
         ${count(OPEN)} as open, ${count('^[+-]?[0-9]{4,}$')} as plain, ${count(OPEN_POINT)} as points,
         ${count('^[+-]?[0-9]{1,3}$')} as whole from (select ${value} as v from raw)`,
    );
    const [comma, point, plain] = [Number(row.comma), Number(row.point), Number(row.plain)];
    const parted = stage.format === 'csv' && Number(row.points) > 0 && Number(row.whole) > 0 && plain === 0;
    styles.set(
      one.column,
      parted && comma === 0 && point === 0 ? 'either' : styleOf(comma, point, Number(row.open), plain),
    );
  }
  return styles;
}

function styleOf(comma: number, point: number, open: number, plain: number): NumberStyle {
  if (comma > 0 && point === 0) return 'comma';
  if (open === 0 || (comma === 0 && (point > 0 || plain === 0))) return 'point';
  return 'either';
}

/** SQL of the text of a number without separators of thousands and with a decimal point; what is no number stays as it is. */
export function plainNumber(value: string, style: NumberStyle): string {
  // What may be a thousand is written as what is no number.
  if (style === 'either')
    return `case when regexp_matches(${value}, ${lit(OPEN_POINT)}) then replace(${value}, '.', ',') else ${value} end`;
  const [group, decimal] = style === 'point' ? [',', '.'] : ['.', ','];
  const grouped = `^[+-]?[0-9]{1,3}([${group}][0-9]{3})+([${decimal}][0-9]*)?$|^[+-]?[0-9]+([${decimal}][0-9]*)?$|^[+-]?[${decimal}][0-9]+$`;
  return `case when regexp_matches(${value}, ${lit(grouped)}) then replace(replace(${value}, ${lit(group)}, ''), ${lit(decimal)}, '.') else ${value} end`;
}
