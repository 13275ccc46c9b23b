import type { Field } from './draft.ts';
import { chooseWords, readerOf, translate } from './find-words.ts';
import type { Look } from './look.ts';
import { type Preset, resolveColumn } from './presets.ts';

const TIMES = new Set([
  'created_at',
  'updated_at',
  'solved_at',
  'closed_at',
  'first_reply_at',
  'at',
  'due_at',
  'answered_at',
]);

/** A field of the preset on the columns of this file; null when its column is not there or does not hold what it should. */
function bindField(look: Look, name: string, spec: unknown): Field | null {
  const field: Record<string, unknown> =
    typeof spec === 'string' ? { column: spec } : { ...(spec as Record<string, unknown>) };
  if (typeof field.column !== 'string') return field as Field;
  const column = resolveColumn(field.column, names(look), TIMES.has(name));
  if (column === null || !look.isFree(column) || look.column(column)?.known === 0) return null;
  if (TIMES.has(name) && !look.readings.has(column)) return null;
  return { ...field, column };
}

/** In a log these stand on every row as they were then: how they run along the rows is for the finders. */
const RUNNING = new Set(['updated_at', 'reopens', 'reassignments', 'replies', 'cause_code']);

/** Takes what the preset says for every column that the file has; what the preset does not know is left to the other finders. */
export function applyPreset(look: Look, preset: Preset): void {
  look.draft.preset = preset.id;
  const why = `preset ${preset.id}`;
  applyTicket(look, preset, why);
  for (const [name, spec] of Object.entries(preset.events ?? {})) {
    if (name === 'activity' || spec === undefined || look.mode !== 'events') continue;
    const field = bindField(look, name, spec);
    if (field !== null) look.event(name, field, why);
  }
  applyDurations(look, preset, why);
  applySla(look, preset, why);
  applySatisfaction(look, preset, why);
  for (const [name, reason] of Object.entries(preset.unused ?? {})) {
    const column = resolveColumn(name, names(look));
    if (column === null || !look.isFree(column)) continue;
    look.take(column);
    look.reasons.set(column, reason);
  }
}

function names(look: Look): string[] {
  return look.columns.map((one) => one.column);
}

function applyTicket(look: Look, preset: Preset, why: string): void {
  for (const [name, spec] of Object.entries(preset.ticket)) {
    if (spec === undefined || name === 'id' || name === 'filled' || isOtherwiseFound(look, name, spec)) continue;
    const field = bindField(look, name, spec);
    if (field === null) continue;
    const reader = readerOf(name);
    if (reader === null) {
      look.ticket(name, field, why);
      continue;
    }
    const column = look.column(field.column ?? '');
    if (column === undefined || !('values' in field)) continue;
    const translation = translate(column, reader.read, field.values as Record<string, string | number>);
    if (translation !== null) chooseWords(look, reader.field, column, translation, why);
  }
}

/** In a log a field may run along the rows; a table of tickets has no first event. */
function isOtherwiseFound(look: Look, name: string, spec: unknown): boolean {
  if (look.mode === 'events') return RUNNING.has(name);
  return typeof spec === 'object' && spec !== null && 'first_event' in spec;
}

function applyDurations(look: Look, preset: Preset, why: string): void {
  for (const duration of preset.durations ?? []) {
    const field = bindField(look, 'durations', duration);
    const column = look.column(field?.column ?? '');
    if (field?.column === undefined || column === undefined) continue;
    if (column.negative || Object.values(look.draft.durations).some((one) => isTwin(one, field))) continue;
    // A product may write the same column as numbers and as h:mm:ss: the values tell which.
    const unit =
      column.clockShare >= 0.9 ? 'clock' : field.unit === 'clock' ? (column.header.unit ?? 'hours') : field.unit;
    look.draft.durations[field.column] = { ...field, unit };
    look.record(`durations.${field.column}`, field, why);
  }
}

function isTwin(a: Field, b: Field): boolean {
  return a.measure === b.measure && a.clock === b.clock;
}

function applySla(look: Look, preset: Preset, why: string): void {
  for (const sla of preset.sla ?? []) {
    const kind = sla.met !== undefined ? 'met' : sla.due_at !== undefined ? 'due_at' : 'target';
    const spec = sla[kind];
    const field = spec === undefined ? null : bindField(look, kind, spec);
    if (field?.column === undefined) continue;
    const place = `${kind}:${field.column}`;
    look.draft.sla[place] = { ...sla, [kind]: field } as unknown as Field;
    look.record(`sla.${place}`, field, why);
  }
}

/** A satisfaction whose words the preset does not list is left to the finder, which knows more words. */
function applySatisfaction(look: Look, preset: Preset, why: string): void {
  if (preset.satisfaction === undefined) return;
  const field = bindField(look, 'satisfaction', preset.satisfaction);
  const column = look.column(field?.column ?? '');
  if (field === null || column === undefined) return;
  const listed = new Set(Object.keys(preset.satisfaction.values ?? {}).map((word) => word.toLowerCase()));
  if (preset.satisfaction.range === undefined && column.top.some((one) => !listed.has(one.value.toLowerCase()))) return;
  look.draft.satisfaction = field;
  look.record('satisfaction', field, why);
}
