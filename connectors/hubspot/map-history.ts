import type { TicketEvent } from '../../src/domain/telemetry.ts';
import { keptTag } from '../../src/kit/kept-tag.ts';
import {
  type Change,
  codeChange,
  escalation,
  type Present,
  rankText,
  type Step,
  tagChanges,
  toEvents as tell,
} from '../../src/kit/records/history.ts';
import { agentOf, type Desk, labelOf } from './desk.ts';
import { type CrmObject, type Version, versionsOf } from './schema.ts';
import { actorOf, WORDS } from './words.ts';

/** A value that was set after the birth of a ticket, and what it replaced. */
interface Turn {
  readonly version: Version;
  readonly from: string | null;
  readonly to: string | null;
}

/** The vendor keeps the newest versions of a value, twenty or more. */
const SURELY_ALL = 20;
/** What is set so soon came with the ticket. */
const BIRTH_MS = 60_000;

/** The history of a ticket. `created` = when it was opened. */
export function toEvents(row: CrmObject, created: Date, desk: Desk): TicketEvent[] {
  const present: Present[] = [];
  const steps: Step[] = [];
  const follow = (
    property: string,
    head: Pick<Present, 'kind' | 'field'> | null,
    value: (text: string | null) => string | null,
    changes: (turn: Turn) => readonly Change[],
  ) => {
    const { born, turns } = lifeOf(row, property);
    if (head !== null) present.push({ ...head, value: value(row.properties[property] ?? null), born: value(born) });
    for (const turn of turns) {
      const { timestamp: at } = turn.version;
      const actor = authorOf(property === TEAM ? whoMoved(row, turn.version) : turn.version, desk);
      steps.push({ id: `${property}:${at.getTime()}`, at, ...actor, changes: changes(turn) });
    }
  };
  const plain = (property: string, kind: 'priority' | 'group' | 'assignee', value = same) =>
    follow(property, { kind }, value, ({ from, to }) => [{ kind, from: value(from), to: value(to) }]);

  follow(
    'hs_pipeline_stage',
    { kind: 'status' },
    (id) => statusOf(id, desk),
    (turn) => stageChanges(turn, desk),
  );
  plain('hs_ticket_priority', 'priority', (word) => rankText(WORDS.rank(word)));
  plain('hubspot_owner_id', 'assignee');
  plain(TEAM, 'group');
  const hasTags = desk.shown.properties;
  if (hasTags) follow('hs_tag_ids', null, same, ({ from, to }) => tagChanges(tagsOf(from, desk), tagsOf(to, desk)));
  for (const { name } of desk.followed)
    follow(name, { kind: 'field', field: name }, same, (turn) => fieldChanges(turn, name, desk));

  const first = (row.propertiesWithHistory.hs_pipeline_stage ?? []).at(-1);
  return tell(
    {
      ticketId: row.id,
      createdAt: created,
      ...(first === undefined ? { actor: null, actor_id: null } : authorOf(first, desk)),
      present,
      ...(!hasTags || row.propertiesWithHistory.hs_tag_ids === null
        ? {}
        : { tags: tagsOf(row.properties.hs_tag_ids ?? null, desk) }),
      keep: (tag) => keptTag(desk.context.pseudonymise, desk.context.settings.clearTags, tag),
    },
    steps.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  );
}

const TEAM = 'hubspot_team_id';
const TOGETHER_MS = 2000;
const same = (text: string | null): string | null => text;

/** The team of a ticket follows its owner: who set the owner has moved it. */
function whoMoved(row: CrmObject, version: Version): Version {
  const owners = row.propertiesWithHistory.hubspot_owner_id ?? [];
  const apart = (one: Version) => Math.abs(one.timestamp.getTime() - version.timestamp.getTime());
  return owners.find((one) => apart(one) <= TOGETHER_MS) ?? version;
}

/**
 * The value at birth and what became of it, oldest first. Where the vendor no longer shows the first versions the value at birth is unknown, and the oldest
 * that it shows only says what the next one replaced.
 */
function lifeOf(row: CrmObject, property: string): { readonly born: string | null; readonly turns: Turn[] } {
  // There is a history, and it cannot be read.
  if (row.propertiesWithHistory[property] === null) return { born: null, turns: [] };
  const versions = versionsOf(row, property);
  const [first] = versions;
  if (first === undefined) return { born: row.properties[property] ?? null, turns: [] };
  const atBirth = first.timestamp.getTime() <= row.createdAt.getTime() + BIRTH_MS;
  const turns = versions.map((version, i) => ({ version, from: versions[i - 1]?.value ?? null, to: version.value }));
  const isCut = !atBirth && versions.length >= SURELY_ALL;
  return { born: atBirth ? first.value : null, turns: atBirth || isCut ? turns.slice(1) : turns };
}

function statusOf(stage: string | null, { stages }: Desk): string | null {
  return stage === null ? null : (stages.get(stage)?.status ?? null);
}

/** A stage that no longer exists has no category: what it meant for the ticket is unknown, and carried forward. */
function stageChanges({ from, to }: Turn, desk: Desk): Change[] {
  const stage = to === null ? undefined : desk.stages.get(to);
  if (stage === undefined) return [];
  const before = from === null ? undefined : desk.stages.get(from);
  const change: Change = { kind: 'status', to: stage.status, ...(before === undefined ? {} : { from: before.status }) };
  return stage.escalated && before?.escalated !== true ? [change, escalation(`state:${to}`)] : [change];
}

/** Marks of an escalation are looked for in what people see; a box that is not ticked says the same as an empty one. */
function fieldChanges({ from, to }: Turn, name: string, desk: Desk): Change[] {
  const shown = (value: string | null) =>
    value === null || /^false$/i.test(value) ? null : (labelOf(name, value, desk) ?? value);
  const marks = codeChange(name, desk.properties.get(name)?.label ?? null, shown(from), shown(to)).slice(1);
  return [{ kind: 'field', field: name, from, to }, ...marks.map(() => escalation(`field:${name}=${to}`))];
}

export function listed(text: string | null): string[] {
  return [...new Set((text ?? '').split(';').map((one) => one.trim()))].filter((one) => one !== '');
}

/** Tags by the names that people gave them, where the account shows these. */
export function tagsOf(text: string | null, desk: Desk): string[] {
  return listed(text).map((tag) => labelOf('hs_tag_ids', tag, desk) ?? tag);
}

function authorOf(version: Version, desk: Desk): Pick<TicketEvent, 'actor' | 'actor_id'> {
  const actor = actorOf(version.sourceType, version.updatedByUserId !== null);
  if (actor !== 'agent' || version.updatedByUserId === null) return { actor, actor_id: null };
  const { author, author_id } = agentOf(version.updatedByUserId, desk);
  return author === 'machine' ? { actor: 'automation', actor_id: null } : { actor, actor_id: author_id };
}

/** Tickets that were merged into this one, and when. The vendor shows nothing else of them any more. */
export function mergedAway(row: CrmObject): { readonly id: string; readonly at: Date }[] {
  const found = new Map<string, Date>();
  for (const { value, timestamp } of versionsOf(row, 'hs_merged_object_ids'))
    for (const id of listed(value)) if (/^\d+$/.test(id) && id !== row.id && !found.has(id)) found.set(id, timestamp);
  return [...found].map(([id, at]) => ({ id, at }));
}
