import { stringify } from 'yaml';
import { type Draft, mappingOf } from './draft.ts';
import { describePoint, type OpenPoint } from './open-point.ts';

/** Values on one line each: block and folded forms would break out of their place. */
function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: 1_000_000 }).trimEnd();
}

/** A comment on one line, whatever the file wrote into its headers and words. */
function comment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')}`;
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `${by}${line}`))
    .join('\n');
}

/** The keys of one section, each under the reason for its choice. */
function section(name: string, fields: object, notes: Readonly<Record<string, string>>): string[] {
  const lines = ['', `${name}:`];
  for (const [key, value] of Object.entries(fields)) {
    const note = notes[`${name}.${key}`];
    if (note !== undefined) lines.push(`  ${comment(note)}`);
    lines.push(indent(yaml({ [key]: value }), '  '));
  }
  return lines;
}

function list(name: string, items: readonly unknown[], notes: readonly string[]): string[] {
  const lines = ['', `${name}:`];
  for (const [i, item] of items.entries()) {
    const note = notes[i];
    if (note !== undefined) lines.push(`  ${comment(note)}`);
    lines.push(indent(yaml([item]), '  '));
  }
  return lines;
}

/** The draft as a mapping file whose comments say why; what is open is listed at its top. */
export function writeMapping(draft: Draft, open: readonly OpenPoint[], unused: readonly string[]): string {
  const { ticket, events, durations, sla, satisfaction, waiting, unused: left, ...head } = mappingOf(draft, unused);
  const notesOf = (kind: 'durations' | 'sla'): string[] =>
    Object.keys(draft[kind]).map((key) => draft.notes[`${kind}.${key}`] ?? '');
  const lines = [comment('Mapping proposed from the data. Read it before you use it; every comment says why.')];
  for (const point of open) lines.push(comment(`OPEN: ${describePoint(point)}`));
  for (const [key, value] of Object.entries(head)) {
    const note = draft.notes[key];
    if (note !== undefined) lines.push(comment(note));
    lines.push(yaml({ [key]: value }));
  }
  lines.push(...section('ticket', ticket ?? {}, draft.notes));
  if (events !== undefined) lines.push(...section('events', events, draft.notes));
  if (durations !== undefined) lines.push(...list('durations', durations, notesOf('durations')));
  if (sla !== undefined) lines.push(...list('sla', sla, notesOf('sla')));
  for (const [key, value] of Object.entries({ satisfaction, waiting })) {
    if (value === undefined) continue;
    const note = draft.notes[key];
    lines.push('', ...(note === undefined ? [] : [comment(note)]), yaml({ [key]: value }));
  }
  if (left !== undefined) lines.push('', yaml({ unused: left }));
  return `${lines.join('\n')}\n`;
}
