import { classifyColumn, guardValue } from '../../../src/domain/privacy/label-privacy.ts';
import { looksLikeDuration } from './find-durations.ts';
import { isTime } from './find-key.ts';
import { hasWord } from './header.ts';
import type { Column, Look } from './look.ts';
import { guessRole } from './time-roles.ts';

/** A column that no field reads, with what it might be. */
export interface UnusedColumn {
  readonly column: string;
  /** A value of it; null when it is empty or personal. */
  readonly sample: string | null;
  readonly suggestion: string;
}

/** Columns that the draft does not read, in the order of the file. */
export function listUnused(look: Look, used: ReadonlySet<string>): UnusedColumn[] {
  return look.columns
    .filter((column) => !used.has(column.column))
    .map((column) => ({ column: column.column, sample: sampleOf(column), suggestion: suggest(look, column) }));
}

const PERSONS = [
  ...['requester', 'requestor', 'assignee', 'customer', 'contact', 'caller', 'owner', 'agent', 'user', 'author', 'by'],
  ...['reporter', 'creator', 'submitter', 'name', 'email', 'mail', 'phone', 'person', 'member', 'teammate', 'resource'],
];

function sampleOf(column: Column): string | null {
  if (hasWord(column.header, PERSONS) && column.numberShare < 0.9 && !isTime(column)) return null;
  const values = { header: column.column, values: column.top, distinct: column.distinct, filled: column.known };
  const labels = column.numberShare >= 0.9 || column.clockShare >= 0.9 || isTime(column);
  if (!labels && classifyColumn(values).keep === 'hash') return null;
  const value = column.top.find((one) => guardValue(one.value) === null)?.value;
  return value === undefined ? null : value.slice(0, 30);
}

function suggest(look: Look, column: Column): string {
  const reason = look.reasons.get(column.column);
  if (reason !== undefined) return reason;
  if (column.known === 0) return 'empty';
  const { header } = column;
  if (isTime(column)) {
    const { role } = guessRole(header);
    if (role === 'due') return 'a deadline: sla.due_at';
    if (role !== 'other') return `a time: ticket.${role}`;
    return 'a time';
  }
  if (hasWord(header, ['satisfaction', 'rating', 'survey', 'feedback', 'nps'])) return 'satisfaction, with its scale';
  if (hasWord(header, ['sla', 'breached', 'violated', 'overdue', 'ontime'])) return 'service level: sla.met';
  if (looksLikeDuration(column)) return 'a duration: durations';
  if (hasWord(header, ['method', 'channel', 'via', 'source', 'origin'])) return 'channel: ticket.channel';
  if (hasWord(header, ['team', 'group', 'queue', 'department', 'agency'])) return 'team: ticket.group';
  if (hasWord(header, ['subject', 'summary', 'description', 'comment', 'notes', 'title', 'name', 'body']))
    return 'text: left out';
  if (hasWord(header, PERSONS)) return 'personal: left out';
  if (column.distinct <= 30 && column.longest <= 60) return 'few values: ticket.category, or ticket.filled';
  return '';
}
