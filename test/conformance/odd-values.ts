import { expect } from 'vitest';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { spread } from '../harness/spread.ts';
import type { ConnectorCase } from './connector.ts';
import { BROKEN, findPlaces, ODD_KINDS, type OddKind, type OddPlace, type OddRun, readOdd } from './odd-cells.ts';
import { changedTickets, differing, lostRows, madeUp, otherInstants } from './odd-judgement.ts';

interface OddCase<S> extends ConnectorCase<S> {
  readonly oddPlaces?: Readonly<Record<string, string>>;
}

/** Keys under which vendors keep what a record is told by, and when it began: without them there is none. */
const IDENTITY = /^(?:id|sys_id|number|created(?:_?(?:at|on|date|datetime|time))?|sys_created_on|opened_at)$/i;

/**
 * Bends each place of the replies in turn in each of these ways, in the mode `all`, else five times; `keys` = only places under these. A reply that cannot be
 * gone on from, as its list or its cursor is odd, ends its stream with an error of the vendor; whatever stands inside a record costs no more than the cell.
 */
export async function expectOnlyCellsLost<S>(
  spec: OddCase<S>,
  kinds: readonly OddKind[],
  keys: readonly string[] | null = null,
): Promise<void> {
  const plain = await readOdd(spec, null);
  const all = await findPlaces(spec);
  const bent = kinds.flatMap((kind) =>
    all
      .filter((one) => kind.bend(one.sample) !== undefined && (keys === null || keys.includes(one.path.at(-1) ?? '')))
      .map((place) => ({ place, kind })),
  );
  const wrong: string[] = [];
  // Suites of one connector meet different places.
  for (const number of spread(bent.length, ODD_KINDS.indexOf(kinds[0] as OddKind) + 2)) {
    const { place, kind } = bent[number - 1] as (typeof bent)[number];
    const name = nameOf(place);
    if (isExcused(name, kind, spec)) continue;
    wrong.push(...(await problemsOf(spec, { place, kind }, plain)).map((what) => `${name} [${kind.name}]: ${what}`));
  }
  expect(wrong).toEqual([]);
}

/**
 * Breaks each place of the tickets' own list in turn, in the mode `all`, else five, in one record of it: no other ticket is told otherwise for that, and a ticket that
 * is lost is counted.
 */
export async function expectOthersUntouched<S>(spec: OddCase<S>): Promise<void> {
  const kind = BROKEN;
  const plain = await readOdd(spec, null);
  const places = (await findPlaces(spec)).filter(
    ({ route, path, sample }) => route === spec.paged.route && path.includes('*') && kind.bend(sample) !== undefined,
  );
  const wrong: string[] = [];
  for (const number of spread(places.length, 4)) {
    const place = places[number - 1] as OddPlace;
    const run = await readOdd(spec, { place, kind, isOne: true });
    if (run.error !== null) wrong.push(`${nameOf(place)}: ends with ${String(run.error)}`);
    const changed = changedTickets(plain.rows, run.rows);
    if (changed.length > 1) wrong.push(`${nameOf(place)}: changes ${changed.join(', ')}`);
    if (lostRows(plain.rows, run.rows, 'ticket').length > 0 && run.aside.length === 0)
      wrong.push(`${nameOf(place)}: loses a ticket and sets nothing aside`);
  }
  expect(wrong).toEqual([]);
}

function nameOf({ route, path }: OddPlace): string {
  return `${route} ${path.join('.')}`;
}

/** Named itself, alone or with the kind, or below a place that ends in `**`. */
function isExcused(name: string, kind: OddKind, { oddPlaces = {} }: Pick<OddCase<unknown>, 'oddPlaces'>): boolean {
  return Object.keys(oddPlaces).some((place) =>
    place.endsWith('**') ? name.startsWith(place.slice(0, -2)) : place === name || place === `${name} [${kind.name}]`,
  );
}

async function problemsOf<S>(
  spec: OddCase<S>,
  odd: { readonly place: OddPlace; readonly kind: OddKind },
  plain: OddRun,
): Promise<string[]> {
  const { place, kind } = odd;
  const run = await readOdd(spec, odd);
  const last = place.path.at(-1) ?? '';
  const inside = place.path.includes('*');
  const { error } = run;
  if (error !== null) {
    const isVendor = error instanceof PlumblineError && error.kind === 'vendor';
    return (inside && !IDENTITY.test(last)) || !isVendor ? [`ends with ${String(error)}`] : [];
  }
  const lost = lostRows(plain.rows, run.rows, 'ticket');
  const problems: string[] = [];
  if (lost.length > 0 && inside && run.aside.length === 0) problems.push('loses tickets and sets nothing aside');
  // Without an id there is no record; no name of a next page is the end.
  const mayLose = IDENTITY.test(last) || (!inside && kind.ends === true);
  if (lost.length > 0 && !mayLose) problems.push(`loses tickets ${lost.join(', ')}`);
  if (kind.keepsMeaning) problems.push(...differing(plain.rows, run.rows).map((table) => `reads ${table} otherwise`));
  else if (!kind.saysNothing) {
    problems.push(...madeUp(plain.rows, run.rows));
    // What hangs below a record that is lost may be dated by itself.
    if (!IDENTITY.test(last)) problems.push(...otherInstants(plain.rows, run.rows));
  }
  return problems;
}
