import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { codeRole } from '../../src/kit/code-fields.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import { denied, readValues, toAutomation, UNREAD, type Understood } from '../../src/kit/rule-terms.ts';
import type { Context } from './account.ts';
import { type Desk, rankOf } from './desk.ts';
import type { Field, Organisation, Queue } from './schema.ts';
import { isCalled, statusOf, typeOf } from './words.ts';

/** What queues have to be read by. */
interface QueueWords extends Desk {
  readonly fields: readonly Field[];
  readonly organisations: readonly Organisation[];
}

export async function loadQueueWords(context: Context, desk: Desk): Promise<QueueWords> {
  const { session } = context;
  return { ...desk, fields: (await session.fields()) ?? [], organisations: await session.organisations() };
}

/** A queue is a saved search. Clauses that are joined by OR say together what none of them says: they are counted as not understood. */
export function toQueue(queue: Queue, deskId: string, words: QueueWords): TelemetryRecord<'automation'> {
  const jql = queue.jql;
  const [search = '', order = ''] = (jql ?? '').split(/\border by\b/i);
  const clauses = splitOutside(search, 'and').map((clause) => readClause(clause, words));
  const sorted = splitOutside(order, ',').map((one) => wordOf(nameOf(one.replace(/\s+(?:asc|desc)\s*$/i, '')), words));
  const orders = sorted.map((word): Understood => ({ word, terms: word === null ? [] : [`by:${word}`] }));
  const conditions = jql === null ? null : [...clauses, ...orders];
  return toAutomation({ id: `${deskId}:${queue.id}`, kind: 'queue', active: true, conditions });
}

/** Parts between a word or a sign that stands outside quotes and brackets. */
function splitOutside(text: string, at: 'and' | 'or' | ','): string[] {
  const parts: string[] = [];
  let [part, depth] = ['', 0];
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()]|,|[^\s"'(),]+|\s+/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (depth === 0 && piece.toLowerCase() === at) {
      parts.push(part);
      part = '';
    } else part += piece;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
}

const CLAUSE =
  /^(not\s+)?("[^"]+"|'[^']+'|cf\[\d+\]|[\w.-]+)\s*(!=|!~|>=|<=|=|~|>|<|not\s+in\b|in\b|is\s+not\b|is\b|was\b|changed\b)\s*(.*)$/is;

function readClause(clause: string, words: QueueWords): Understood {
  const inner = /^\((.*)\)$/s.exec(clause)?.[1];
  if (inner !== undefined && splitOutside(inner, 'or').length === 1 && splitOutside(inner, 'and').length === 1)
    return readClause(inner, words);
  const match = CLAUSE.exec(clause);
  if (match === null || splitOutside(clause, 'or').length > 1) return UNREAD;
  const [, not, field = '', operator = '', rest = ''] = match;
  const excluded = (not !== undefined) !== /!|not/i.test(operator);
  const word = wordOf(nameOf(field), words);
  if (nameOf(field) === 'project') return { word: null, terms: [] };
  if (/^(?:was|changed)/i.test(operator)) return { word, terms: null };
  const understood = { word, terms: termsOf(word, nameOf(field), valuesOf(rest), words) };
  return excluded ? denied(understood) : understood;
}

function nameOf(text: string): string {
  return text
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/\[[^\]]+\]$/, (found) => (text.startsWith('cf') ? found : ''))
    .toLowerCase();
}

function valuesOf(text: string): string[] {
  const list = /^\((.*)\)$/s.exec(text.trim())?.[1] ?? text;
  return splitOutside(list, ',').map((value) => value.replace(/^["']|["']$/g, ''));
}

const FIELDS: Readonly<Record<string, string>> = {
  priority: 'priority',
  status: 'status',
  statuscategory: 'status',
  resolution: 'status',
  assignee: 'assignee',
  organizations: 'organisation',
  organization: 'organisation',
  organisations: 'organisation',
  'request type': 'form',
  'customer request type': 'form',
  'request-channel-type': 'channel',
  labels: 'tag',
  issuetype: 'type',
  type: 'type',
  created: 'time',
  createddate: 'time',
  updated: 'time',
  updateddate: 'time',
  resolved: 'time',
  duedate: 'time',
  due: 'time',
  reporter: 'requester',
  text: 'text',
  summary: 'text',
  description: 'text',
  comment: 'text',
  satisfaction: 'csat',
};

/** Canonical word of a field of a search; null where there is none. */
function wordOf(name: string, words: QueueWords): string | null {
  const known = FIELDS[name];
  if (known !== undefined) return known;
  const field = fieldOf(name, words);
  if (field === undefined) return null;
  if (field.schema?.custom === 'com.atlassian.servicedesk:sd-sla-field') return 'sla_breach';
  if (field.id === words.roles.team) return 'group';
  return codeRole(words.roles.codes, field.id);
}

function fieldOf(name: string, { fields }: QueueWords): Field | undefined {
  const id = /^cf\[(\d+)\]$/.exec(name)?.[1];
  return fields.find((field) => (id === undefined ? isCalled(field, name) : field.id === `customfield_${id}`));
}

const EMPTY = /^(?:empty|null|unresolved|unassigned)$/i;

/** Terms of one clause; null where its values say nothing that terms can. */
function termsOf(word: string | null, name: string, values: readonly string[], words: QueueWords): Understood['terms'] {
  const { settings, pseudonymise } = words.context;
  if (name === 'resolution')
    return values.every((one) => EMPTY.test(one)) ? ['!status:solved', '!status:closed'] : null;
  const all = (term: (value: string) => string | null) => readValues({ word: '', term }, values).terms;
  switch (word) {
    case 'priority':
      return all((value) => rankTerm(value, words));
    case 'status':
      return all((value) => statusTerm(value, words));
    case 'assignee':
      return all((value) =>
        EMPTY.test(value) ? '!assignee:*' : /^currentuser\(\)$/i.test(value) ? 'assignee:self' : null,
      );
    case 'organisation':
      return all((value) => {
        if (EMPTY.test(value)) return '!organisation:*';
        const found = words.organisations.find((one) => one.name?.toLowerCase() === value.toLowerCase());
        return found === undefined ? null : `organisation:${found.id}`;
      });
    case 'tag':
      return all((value) =>
        EMPTY.test(value) ? '!tag:*' : `tag:${keptTag(pseudonymise, settings.clearLabels, value)}`,
      );
    case 'type':
      return all((value) => {
        const type = typeOf(value);
        return type === null || type === 'other' ? null : `type:${type}`;
      });
    case 'time':
      return ['time:*'];
    case 'sla_breach':
    case 'csat':
    case 'text':
    case 'requester':
      return [word];
    case 'product':
    case 'category':
    case 'severity':
    case 'cause': {
      const id = words.roles.codes.get(word);
      return all((value) => (EMPTY.test(value) ? `!field:${id}=*` : `field:${id}=${value}`));
    }
    default:
      return null;
  }
}

function rankTerm(value: string, words: QueueWords): string | null {
  const found = words.priorities?.find((one) => one.name?.toLowerCase() === value.toLowerCase() || one.id === value);
  const rank = rankOf(found?.id ?? null, found?.name ?? value, words);
  return rank === null ? null : `priority:${rank}`;
}

function statusTerm(value: string, { statuses, context }: QueueWords): string | null {
  const found = [...(statuses?.values() ?? [])].find((one) => isCalled(one, value) || one.id === value);
  return found === undefined ? null : `status:${statusOf(found, context.settings)}`;
}
