import type { Learnt, NotUnderstood, Recognition } from '../../domain/meaning.ts';
import { counted } from '../numbers.ts';
import { clip, type Style, wrap } from '../style.ts';
import { sayChoices, sayMeaning, sayStatement, sayWhy } from '../view/recognised.ts';

const KINDS: readonly (readonly [string, string])[] = [
  ['tier', 'CUSTOMER TIERS'],
  ['team', 'TEAMS'],
  ['bot', 'PROGRAMS'],
  ['field', 'TICKET FIELDS'],
  ['escalation', 'ESCALATIONS'],
];
/** Lines of one kind on a screen; the rest is in the JSON output. */
const MOST = 12;

function learntLines(learnt: Learnt, prefix: string, style: Style): string[] {
  const sure = learnt.sure === 'guess' ? style.warn('a guess') : learnt.sure;
  return [
    ...wrap(`${prefix}${sayMeaning(learnt)} (${sure}; ${sayWhy(learnt)})`, style.width - 4, '  ').map(
      (line) => `  ${line}`,
    ),
    style.dim(`      ${sayStatement(learnt.statement)}`),
  ];
}

/** A thing by kind and subject; a term says its kind itself. */
function sayThing({ kind, subject }: NotUnderstood, prefix: string): string {
  return /^(tag|org|field):/.test(subject) ? `${prefix}${subject}` : `${kind} ${prefix}${subject}`;
}

function unreadLines(unread: NotUnderstood, prefix: string, style: Style): string[] {
  const say = sayChoices(unread);
  return [
    ...wrap(`${sayThing(unread, prefix)}: ${unread.detail}`, style.width - 4, '  ').map((line) => `  ${line}`),
    ...(say === null ? [] : wrap(say, style.width - 8, '    ').map((line) => style.dim(`      ${line}`))),
  ];
}

function several(rows: readonly { readonly connection: string }[]): boolean {
  return new Set(rows.map((row) => row.connection)).size > 1;
}

function cut(lines: readonly string[][], style: Style): string[] {
  const more = lines.length - MOST;
  return [...lines.slice(0, MOST).flat(), ...(more > 0 ? [style.dim(`  and ${more} more (--json)`)] : [])];
}

/** What was learnt, each with why, how sure and the line that confirms it; apart from it, what could not be read. */
export function renderRecognition({ learnt, unread }: Recognition, style: Style): string {
  const isSeveral = several([...learnt, ...unread]);
  const prefix = (row: { readonly connection: string }): string => (isSeveral ? `${row.connection}: ` : '');
  const open = learnt.filter(({ sure }) => sure !== 'stated');
  const stated = learnt.length - open.length;
  const parts = [
    style.bold('WHAT THE DATA SHOW') + (stated > 0 ? `   ${counted(stated, 'thing')} as stated, not repeated` : ''),
  ];
  if (open.length === 0) parts.push('  Nothing beyond what is stated was learnt.');
  for (const [kind, title] of KINDS) {
    const rows = open.filter((row) => row.kind === kind);
    if (rows.length === 0) continue;
    parts.push(
      '',
      title,
      ...cut(
        rows.map((row) => learntLines(row, prefix(row), style)),
        style,
      ),
    );
  }
  parts.push('', `${style.bold('COULD NOT BE READ')}   not the same as not there`);
  if (unread.length === 0) parts.push('  Nothing.');
  else
    parts.push(
      ...cut(
        unread.map((row) => unreadLines(row, prefix(row), style)),
        style,
      ),
    );
  parts.push(
    '',
    ...wrap(
      'A line goes into plumbline.yaml as it is; another value in it corrects. `plumbline recognise --write` adds what was learnt by work, no guesses. Lines count from the next snapshot on, without a new sync.',
      style.width,
    ),
  );
  return parts.join('\n');
}

const SHORT = 6;

/** The same in short, for doctor: what could not be read, counted by kind, with the first of them. Empty when all was read. */
export function renderUnread(unread: readonly NotUnderstood[], style: Style): string {
  if (unread.length === 0) return '';
  const kinds = new Map<string, number>();
  for (const { kind } of unread) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const counts = [...kinds].map(([kind, n]) =>
    kind === 'status' && n > 1 ? `${n} statuses` : kind === 'policy' && n > 1 ? `${n} policies` : counted(n, kind),
  );
  const isSeveral = several(unread);
  return [
    `${style.bold('COULD NOT BE READ')}   ${counts.join(', ')}; not the same as not there`,
    ...unread
      .slice(0, SHORT)
      .map(
        (row) => `  ${clip(`${sayThing(row, isSeveral ? `${row.connection}/` : '')}: ${row.detail}`, style.width - 2)}`,
      ),
    style.dim(`  ${unread.length > SHORT ? 'All of them, and how' : 'How'} to say what they mean: plumbline recognise`),
  ].join('\n');
}
