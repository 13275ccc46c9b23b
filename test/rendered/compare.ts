import type { Life } from './life.ts';
import type { Limit, Limits } from './limits/limits.ts';
import type { Figure, Reading } from './read-rendering.ts';

/** Signals that rest on views: the simulated account has some, and they are no part of the life. */
const NOT_LIVED: ReadonlySet<string> = new Set(['A6-desk-of-its-own', 'N19-account-views-used']);

/** What differs although nobody lists it, as sentences, and which entries of the list were needed. */
interface Differences {
  readonly wrong: readonly string[];
  readonly needed: ReadonlySet<string>;
}

/** One sentence for each difference that is not listed, and for each entry of the list that nothing needs. None = the desk is the same. */
export function compareReadings(life: Life, desk: Reading, shown: Reading, limits: Limits): string[] {
  const parts = [
    compareFigures(life, desk, shown, limits),
    compareFindings(desk, shown, limits),
    compareStage(desk, shown, limits),
  ];
  const listed = [
    ...Object.keys(limits.figures),
    ...Object.keys(limits.signals),
    ...(limits.stage === null ? [] : ['stage']),
  ];
  const idle = listed.filter((one) => !parts.some(({ needed }) => needed.has(one)));
  return [...parts.flatMap(({ wrong }) => wrong), ...idle.map((one) => `${one} is listed as a limit and is none`)];
}

function compareFigures(life: Life, desk: Reading, shown: Reading, { figures }: Limits): Differences {
  const needed = new Set<string>();
  const wrong: string[] = [];
  for (const id of [...new Set([...desk.figures.keys(), ...shown.figures.keys()])].sort()) {
    const have = shown.figures.get(id)?.value ?? null;
    if (isAlike(have, expected(desk, shown, id))) continue;
    const [key, limit] = limitOf(figures, id);
    const told = `${id} is ${say(shown.figures.get(id))}`;
    if (limit === null) {
      wrong.push(`${told} and not ${say(desk.figures.get(id))}`);
      continue;
    }
    needed.add(key);
    const instead = limit.shows?.(id, desk, life) ?? null;
    if (!isAlike(have, instead)) wrong.push(`${told} and not ${instead ?? 'unknown'}, as its limit says`);
  }
  return { wrong, needed };
}

function compareFindings(desk: Reading, shown: Reading, { signals }: Limits): Differences {
  const needed = new Set<string>();
  const wrong: string[] = [];
  for (const [id, want] of desk.findings) {
    const have = shown.findings.get(id);
    if (have === undefined) wrong.push(`${id} did not report`);
    else if (NOT_LIVED.has(id) || have.status === 'not_observable') continue;
    else if (have.status === want.status && isAlike(have.estimate, want.estimate)) continue;
    else if (signals[id] !== undefined) needed.add(id);
    else
      wrong.push(
        `${id} is ${have.status} ${have.estimate} of ${have.n} (${have.reason}) and not ${want.status} ${want.estimate} of ${want.n} (${want.reason})`,
      );
  }
  return { wrong, needed };
}

/** What a vendor does not show may lift the verdict, which then says how little it saw; it never lifts what the records support. */
function compareStage(desk: Reading, shown: Reading, { stage }: Limits): Differences {
  if ((shown.seen ?? 0) > (desk.seen ?? 0))
    return { wrong: [`the records support stage ${shown.seen} and not ${desk.seen}`], needed: new Set(['stage']) };
  if (shown.stage === desk.stage) return { wrong: [], needed: new Set() };
  if (stage !== null) return { wrong: [], needed: new Set(['stage']) };
  return { wrong: [`the stage is ${shown.stage} and not ${desk.stage}`], needed: new Set() };
}

function limitOf(figures: Limits['figures'], id: string): [string, Limit] | ['', null] {
  const found = Object.entries(figures).find(([key]) =>
    key.endsWith('*') ? id.startsWith(key.slice(0, -1)) : id === key,
  );
  return found ?? ['', null];
}

/** Clocks of all kinds together are those of the kinds that are shown. */
function expected(desk: Reading, shown: Reading, id: string): number | null {
  if (id !== 'sla_met_share') return desk.figures.get(id)?.value ?? null;
  const kinds = [...desk.figures].filter(([key]) => key.startsWith('sla_met_share_') && shown.figures.has(key));
  const n = kinds.reduce((sum, [, one]) => sum + one.n, 0);
  return n === 0 ? null : kinds.reduce((sum, [, one]) => sum + (one.value ?? 0) * one.n, 0) / n;
}

/** Exact but for the order in which an engine adds up. */
function isAlike(a: number | null, b: number | null): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-12 * Math.abs(b));
}

function say(figure: Figure | undefined): string {
  return figure === undefined ? 'not there' : `${figure.value} of ${figure.n} (${JSON.stringify(figure.excluded)})`;
}
