import type { SetAside } from '../../src/domain/observability.ts';
import { guardValue } from '../../src/domain/privacy/label-privacy.ts';
import { shapeOf } from '../../src/domain/privacy/value-shape.ts';
import { FINDING_CODES, type SourceCheck } from '../../src/domain/source-check.ts';
import { NoteTally } from './note-tally.ts';
import type { KeptColumn } from './protect-row.ts';
import { type Reading, type RowGroup, readGroups } from './read-pages.ts';
import { remedyOf } from './remedies.ts';
import { lossFacts, membershipsOf } from './row-facts.ts';
import { known } from './sql.ts';
import { SUPERSEDED, type TakenTicket, takeTicket } from './take-ticket.ts';
import { LossTally } from './uneven-loss.ts';

interface CheckParts {
  readonly reading: Reading;
  readonly kept: readonly KeptColumn[];
  readonly words: SourceCheck['words'];
  readonly openTickets: number;
  readonly notes: readonly string[];
}

type FindingCode = SourceCheck['findings'][number]['code'];

/** Notes about an end that say something about the whole file. */
const FINDINGS: Readonly<Record<string, FindingCode>> = {
  OPEN_WITH_END: 'OPEN_WITH_END',
  REPLY_AFTER_SOLUTION: 'REPLY_AFTER_SOLUTION',
  NEGATIVE_DURATION: 'END_BEFORE_START',
  FUTURE_TIME: 'FUTURE_END',
  PLACEHOLDER_TIME: 'PLACEHOLDER_END',
};
/** Notes that take an end away which the file states. */
const END_LOST = new Set(['NEGATIVE_DURATION', 'FUTURE_TIME', 'BAD_TIME']);
const END_TARGETS = ['ticket.solved_at', 'ticket.closed_at', 'ticket.first_reply_at'];

/** Counts of one pass over the rows. */
class Pass {
  readonly aside = new NoteTally();
  readonly cells = new NoteTally();
  readonly findings = new NoteTally();
  readonly loss = new LossTally();
  kept = 0;
  /** Tickets of which a record would be stored. */
  tickets = 0;
  private readonly reading: Reading;
  private readonly ends: ReadonlySet<string>;

  constructor(reading: Reading) {
    this.reading = reading;
    this.ends = new Set(END_TARGETS.flatMap((target) => reading.plan.by.get(target)?.column ?? []));
  }

  add(group: RowGroup): void {
    const taken = takeTicket(this.reading.plan, group.rows, this.reading.until.getTime());
    this.kept += taken.kept;
    this.tickets += taken.records.ticket?.length ?? 0;
    const lost = new Set<string>();
    for (const note of [...group.aside, ...taken.aside]) {
      this.aside.add(note);
      if (note.code !== SUPERSEDED) lost.add(note.ref);
    }
    for (const note of [...group.cells, ...taken.cells]) this.addCell(note);
    this.addRepeats(group, taken);
    for (const { ref, values } of group.facts) this.loss.add(lost.has(ref), membershipsOf(values));
  }

  private addCell(note: SetAside): void {
    this.cells.add(note);
    const code = FINDINGS[note.code];
    const ofAnEnd = note.code === 'OPEN_WITH_END' || this.ends.has(note.path);
    if (code !== undefined && ofAnEnd) this.findings.add({ ...note, code, path: '', detail: '' });
  }

  private addRepeats(group: RowGroup, taken: TakenTicket): void {
    const first = group.rows[0]?.ref ?? '';
    if (taken.repeated > 0) this.findings.add({ ...finding('REPEATED_ROWS', first), times: taken.repeated });
    const distinct = new Set(group.rows.map((row) => row.content)).size;
    if (this.reading.plan.mode === 'tickets' && distinct > 1)
      this.findings.add(finding('TICKETS_ON_SEVERAL_ROWS', first));
  }
}

function finding(code: FindingCode, ref: string): SetAside {
  return { stream: 'rows', ref, code, path: '', detail: '' };
}

/**
 * The dry run: one pass over the staged rows through the same conversion and derivation as the import, which stores nothing and counts
 * what would become of every row. Memory: one ticket and bounded tallies.
 */
export async function checkSource(parts: CheckParts, signal: AbortSignal): Promise<SourceCheck> {
  const { kept, openTickets } = parts;
  // Which hash a value gets decides nothing here.
  const reading: Reading = { ...parts.reading, pseudonymise: () => 'hashed' };
  const { stage, plan } = reading;
  const pass = new Pass(reading);
  for await (const group of readGroups(reading, null, lossFacts(plan, reading.cells), signal)) pass.add(group);
  const rows = stage.rows + stage.malformedRows;
  const shareOf = (n: number): number => (rows === 0 ? 0 : n / rows);
  const superseded = pass.aside.count(SUPERSEDED);
  const setAside = pass.aside.total + stage.malformedRows;
  if (openTickets === 0 && pass.kept > 0) pass.findings.add({ ...finding('ALL_CLOSED', ''), times: pass.tickets });
  const malformed = stage.malformedByReason.map(({ reason, n, firstRefs, remedy }) => ({
    code: 'MALFORMED_ROW',
    place: '',
    n,
    share: shareOf(n),
    refs: [...firstRefs],
    detail: reason,
    remedy,
  }));
  const reasons = pass.aside.list().map(({ code, path, n, refs, detail }) => ({
    code,
    place: path,
    n,
    share: shareOf(n),
    refs,
    detail,
    remedy: remedyOf(code),
  }));
  return {
    rows,
    kept: pass.kept,
    set_aside: setAside,
    superseded,
    lost_share: shareOf(setAside - superseded),
    tickets: pass.tickets,
    reasons: [...malformed, ...reasons].sort((a, b) => b.n - a.n),
    uneven: pass.loss.uneven((group, value) =>
      group === 'team' ? teamName(value, kept) : group === 'month' ? value : null,
    ),
    ends_lost: await endsLost(reading, pass.cells),
    cells: pass.cells.list().map(({ code, path, n, refs, detail }) => ({ code, column: path, n, refs, detail })),
    findings: FINDING_CODES.flatMap((code) =>
      pass.findings
        .list()
        .filter((one) => one.code === code)
        .map(({ n, refs }) => ({ code, n, refs: refs.filter((ref) => ref !== '') })),
    ),
    words: parts.words.map((one) => ({ ...one })),
    hashed: kept.flatMap<SourceCheck['hashed'][number]>(({ target, column, keep, looksLike, refused, alone }) =>
      keep === 'hash'
        ? [{ target, column, looks_like: looksLike, values: null, refused }]
        : alone === null
          ? []
          : [{ target, column, looks_like: alone.looksLike, values: alone.n, refused }],
    ),
    notes: [...parts.notes],
    unmapped: plan.unmapped.map((column) => ({ column, sample: shownSample(stage.samples.get(column)) })),
  };
}

/** A first value goes to the screen only when it cannot be a person's. */
function shownSample(sample: string | undefined): string | null {
  if (sample === undefined) return null;
  const shape = shapeOf(sample);
  return shape === 'label' || shape === 'word' ? sample : null;
}

/** A team is named only where its name is stored in clear too. */
function teamName(value: string, kept: readonly KeptColumn[]): string | null {
  const clear = kept.some((one) => one.target === 'ticket.group' && one.keep === 'clear');
  return clear && guardValue(value) === null ? value : null;
}

/** Columns of an end more than half of whose stated ends cannot be true; days that stand for "none" state none. */
async function endsLost({ stage, plan }: Reading, cells: NoteTally): Promise<SourceCheck['ends_lost']> {
  const found: SourceCheck['ends_lost'] = [];
  for (const target of END_TARGETS) {
    const one = plan.by.get(target);
    if (one?.column == null) continue;
    const { column, missing } = one;
    const notes = cells.list().filter((note) => note.path === column);
    const lost = notes.filter((note) => END_LOST.has(note.code));
    const n = lost.reduce((sum, note) => sum + note.n, 0);
    if (n === 0) continue;
    const [row] = await stage.query(`select count(${known(column, missing)}) as filled from raw`);
    const none = notes.filter((note) => note.code === 'PLACEHOLDER_TIME').reduce((sum, note) => sum + note.n, 0);
    const of = Number(row?.filled ?? 0) - none;
    if (n > of / 2) found.push({ column, n, of, detail: lost[0]?.detail ?? '' });
  }
  return found;
}
