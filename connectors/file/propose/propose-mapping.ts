import { PlumblineError } from '../../../src/errors/index.ts';
import { partsOf } from '../join-columns.ts';
import { SHEETS_UNREAD } from '../read-workbook.ts';
import type { Stage } from '../stage.ts';
import { type StageOptions, type StageSettings, stageFiles } from '../stage.ts';
import { applyPreset } from './apply-preset.ts';
import { type Draft, usedColumns } from './draft.ts';
import { askEnds, findActivities } from './find-activities.ts';
import { findCounts } from './find-counts.ts';
import { findDurations } from './find-durations.ts';
import { findJoined, stageJoined } from './find-joined.ts';
import { findKey } from './find-key.ts';
import { askDoubtful, findActor, findLabels } from './find-labels.ts';
import { findSatisfaction } from './find-satisfaction.ts';
import { findSla } from './find-sla.ts';
import { findChangeStamp, findTimes, markBackFilled } from './find-times.ts';
import { findWords } from './find-words.ts';
import { listUnused, type UnusedColumn } from './list-unused.ts';
import { Look } from './look.ts';
import { type Answers, describePoint, type OpenPoint, settlePoints } from './open-point.ts';
import { loadPresets, matchPreset, resolveColumn } from './presets.ts';
import { profileColumns } from './profile.ts';
import { findZone, readDates } from './read-dates.ts';
import { writeMapping } from './write-mapping.ts';

/** One choice of the wizard: the field, the column and what in the data speaks for it. */
interface Choice {
  /** Path in the mapping file, e.g. `ticket.created_at`. */
  readonly target: string;
  readonly column: string;
  readonly why: string;
}

interface Settled {
  readonly yaml: string;
  readonly choices: readonly Choice[];
  /** What a person must still look at. */
  readonly open: readonly string[];
  readonly unused: readonly UnusedColumn[];
}

export interface Proposal extends Settled {
  readonly mode: 'tickets' | 'events';
  /** The product whose export this is, when its header was recognised. */
  readonly preset: { readonly id: string; readonly product: string } | null;
  readonly points: readonly OpenPoint[];
  /** Words of chosen columns that have no meaning yet. */
  readonly unknown: readonly {
    readonly target: string;
    readonly column: string;
    readonly word: string;
    readonly n: number;
  }[];
  /** Rows that were looked at, and lines of the file. */
  readonly looked: { readonly rows: number; readonly of: number };
  /** What the reading of the file found and put right. */
  readonly notes: readonly string[];
  /** The proposal after the answers of a person; pure. */
  settle(answers: Answers): Settled;
}

/**
 * Looks at headers and all values of a file and proposes a mapping with the reason for each choice, as commented YAML. A preset is taken
 * where the header is that of a product; names are scored by their words and borne out by the values; what has two meanings is an open
 * point with the evidence for each reading, never a guess. Every option of every open point ends in a mapping that can be imported.
 * Errors: BAD_INPUT_FILE; BAD_MAPPING when no column can be a key or no column holds times.
 */
export async function proposeMapping(
  paths: readonly string[],
  options: StageOptions = {},
  settings: StageSettings = {},
): Promise<Proposal> {
  const stage = await stageFiles(paths, options, settings);
  try {
    return await propose(stage, options.sheet);
  } catch (error) {
    throw withOtherSheets(error, stage);
  } finally {
    await stage.close();
  }
}

/** The table may lie on a sheet behind the first: what cannot be mapped then says so. */
function withOtherSheets(error: unknown, stage: Stage): unknown {
  const sheets = stage.notes.find((note) => note.includes(SHEETS_UNREAD));
  if (sheets === undefined || !(error instanceof PlumblineError) || error.code !== 'BAD_MAPPING') return error;
  return new PlumblineError(error.code, error.message, `${sheets} Another one: --sheet NAME. ${error.remedy}`, {
    cause: error,
    problems: [...error.problems],
  });
}

async function propose(files: Stage, sheet: string | undefined): Promise<Proposal> {
  const preset = matchPreset(loadPresets(), files.columns);
  const joined = preset === null ? await findJoined(files) : [];
  const stage = await stageJoined(files, joined);
  const look = new Look(stage, await profileColumns(stage));
  await findKey(look, preset?.ticket.id === undefined ? null : resolveColumn(preset.ticket.id, stage.columns));
  look.draft.missing = look.missingWords;
  look.draft.joined = joined;
  if (joined.length > 0)
    look.draft.notes.joined = 'the same header but for date and time: days in one column, times of day in the other';
  if (sheet !== undefined) look.draft.sheet = sheet;
  if (look.missing.length > 0)
    look.draft.notes.missing = look.missing.map((one) => `${JSON.stringify(one.word)} on ${one.n} cells`).join(', ');
  await readDates(look);
  if (preset !== null) applyPreset(look, preset);
  findChangeStamp(look);
  findWords(look);
  await findTimes(look);
  await markBackFilled(look);
  const activity = preset?.events?.activity?.column;
  await findActivities(look, activity === undefined ? null : resolveColumn(activity, stage.columns));
  await findSla(look);
  await findDurations(look);
  findSatisfaction(look);
  await findCounts(look);
  findLabels(look);
  findActor(look);
  askEnds(look);
  findZone(look);
  askDoubtful(look);
  const settle = (answers: Answers): Settled => settled(look, answers);
  return {
    ...settle(new Map()),
    mode: look.mode,
    preset: preset === null ? null : { id: preset.id, product: preset.product },
    points: look.points,
    unknown: look.unknown,
    looked: { rows: stage.rows, of: stage.rows + stage.malformedRows },
    notes: stage.notes,
    settle,
  };
}

function settled(look: Look, answers: Answers): Settled {
  const { draft, open } = settlePoints(look.draft, look.points, answers);
  const used = usedColumns(draft);
  const unused = listUnused(look, used);
  const names = partsOf(
    draft,
    unused.map((one) => one.column),
  );
  return { yaml: writeMapping(draft, open, names), choices: choicesOf(draft), open: open.map(describePoint), unused };
}

function choicesOf(draft: Draft): Choice[] {
  const choices: Choice[] = [];
  const add = (target: string, column: unknown, place: string): void => {
    if (typeof column === 'string') choices.push({ target, column, why: draft.notes[place] ?? 'as answered' });
  };
  for (const section of ['ticket', 'events'] as const)
    for (const [name, field] of Object.entries(draft[section]))
      add(`${section}.${name}`, field.column, `${section}.${name}`);
  for (const [key, field] of Object.entries(draft.durations))
    add(`durations.${String(field.measure)}`, field.column, `durations.${key}`);
  for (const [key, field] of Object.entries(draft.sla)) {
    const inner = (field.met ?? field.due_at ?? field.target) as { column?: string } | undefined;
    add(`sla.${String(field.metric)}`, inner?.column, `sla.${key}`);
  }
  add('satisfaction', draft.satisfaction?.column, 'satisfaction');
  add('waiting', draft.waiting?.column, 'waiting');
  return choices;
}
