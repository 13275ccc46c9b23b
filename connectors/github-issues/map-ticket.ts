import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { issueLinksIn, openingOf, promiseIn } from '../../src/kit/records/texts.ts';
import { referenceKeys } from '../../src/kit/reference-keys.ts';
import { agentId, type Desk, requesterKey, sideOf } from './desk.ts';
import { toHistory } from './map-history.ts';
import type { Issue, Item, Source } from './schema.ts';
import { statedCodes, webOf } from './settings.ts';
import { codeIn, priorityLabel, rankOf, statusOf, typeOf } from './words.ts';

/** Records of one issue. Items null = it was gone before its timeline could be read; `isPartly` = some of it could not be. */
export function mapTicket(row: Issue, items: readonly Item[] | null, isPartly: boolean, desk: Desk): Mapped {
  const until = desk.context.until.getTime();
  // What happened after the bound comes with the next sync, and the row does not know of it yet.
  const told = (items ?? [])
    .filter((one) => one.created_at !== null && one.created_at.getTime() <= until)
    .sort((a, b) => (a.created_at?.getTime() ?? 0) - (b.created_at?.getTime() ?? 0));
  const events = items === null ? [] : toHistory(row, told, isPartly, desk);
  const ticket = toTicket(row, events.findLast((one) => one.kind === 'assignee')?.to_value ?? null, desk);
  const said = told.filter((one) => one.event === 'commented');
  const opening = openingOf(ticket, { author_id: agentId(ticket.created_by, row.user) });
  const texts = [
    { id: `${row.number}:opening`, text: row.body, at: row.created_at },
    ...said.map((one) => ({ id: one.id ?? '', text: one.body, at: one.created_at ?? row.created_at })),
  ];
  return {
    ticket: [ticket],
    message: items === null ? [] : [opening, ...said.map((one, i) => toMessage(one, row, i + 1, desk))],
    event: events,
    link: [
      ...references(row, told, desk),
      ...texts.flatMap(({ id, text, at }) => mentions({ id, ticketId: row.number, at }, text, desk)),
    ],
  };
}

/** Codes and tags that labels carry. */
export function labelFacts(given: readonly string[] | null, { context }: Desk) {
  const labels = given ?? [];
  const { settings, pseudonymise } = context;
  return {
    priority_rank: rankOf(labels, settings),
    vendor_priority: priorityLabel(labels, settings),
    ...codeColumns(statedCodes(settings), (beginning) => codeIn(labels, beginning)),
    tags: keptTags(pseudonymise, settings.clearLabels, given),
  };
}

/** `assigned` = the one whom the timeline shows as responsible; the order of the list of assignees means nothing. */
function toTicket(row: Issue, assigned: string | null, desk: Desk): Ticket {
  const { context, staff } = desk;
  const { settings } = context;
  const given = row.labels;
  const labels = given ?? [];
  const assignees = [...row.assignees, ...(row.assignee === null ? [] : [row.assignee])].map((one) => one.id);
  const side = sideOf(row.user, row.author_association, row.user, desk);
  const isProgram = row.performed_via_github_app !== null && row.user?.type?.toLowerCase() === 'bot';
  const filled = [
    ...(row.milestone === null ? [] : ['milestone']),
    ...(rankOf(labels, settings) === null ? [] : ['priority']),
    ...(row.type === null ? [] : ['type']),
  ];
  return {
    ...blank('ticket'),
    id: row.number,
    created_at: row.created_at,
    updated_at: row.updated_at,
    status: statusOf({ state: row.state, reason: row.state_reason, labels }, settings),
    vendor_status: row.state === null || row.state_reason === null ? row.state : `${row.state}: ${row.state_reason}`,
    type: typeOf(row.type?.name ?? null, labels, settings),
    form: 'issue',
    assignee_id: assignees.find((id) => id === assigned) ?? assignees[0] ?? null,
    requester_key: requesterKey(row.user, desk),
    requester_is_agent: side === null || (side === 'machine' && staff === null) ? null : side === 'agent',
    created_by: isProgram ? 'machine' : side,
    deleted: false,
    spam: /^spam$/i.test(row.active_lock_reason ?? ''),
    test: false,
    reference_keys: referencesTo(row, desk),
    filled_fields: given === null ? null : filled.sort(),
    reported_closed_at: row.closed_at,
    ...labelFacts(given, desk),
  };
}

/** Desks name an issue by its address, or as `owner/name#12`. */
function referencesTo({ number }: Issue, { context }: Desk): string[] | null {
  const { settings, pseudonymise } = context;
  const address = new URL(`/${settings.repository}/issues/${number}`, webOf(settings));
  return referenceKeys(address, [`${settings.repository}#${number}`], pseudonymise);
}

function toMessage(one: Item, row: Issue, seq: number, desk: Desk): Message {
  const user = one.user ?? one.actor;
  const side = sideOf(user, one.author_association, row.user, desk);
  return {
    ...blank('message'),
    id: one.id ?? `${row.number}:${seq}`,
    ticket_id: row.number,
    at: one.created_at ?? row.created_at,
    seq,
    author: side,
    author_id: agentId(side, user),
    public: true,
    auto_reply: side === 'machine',
    // What an app writes in the name of a person says so; of all else it is not told.
    through_api: one.performed_via_github_app === null ? null : true,
    ...promiseIn(one.body, side),
  };
}

/** Issues and pull requests that refer to this one, each once, by the first reference. */
function references(row: Issue, items: readonly Item[], { context }: Desk): TelemetryRecord<'link'>[] {
  const own = context.settings.repository.toLowerCase();
  const found = new Map<string, TelemetryRecord<'link'>>();
  for (const { event, source, created_at } of items) {
    const other = source?.issue ?? null;
    if (event !== 'cross-referenced' || other === null) continue;
    const place = (other.repository?.full_name ?? own).toLowerCase();
    const isPull = other.pull_request !== null;
    const id = `reference:${row.number}:${context.pseudonymise('reference', `${place}#${other.number}`)}`;
    if (found.has(id)) continue;
    const inside = place === own && !isPull;
    found.set(id, {
      ...blank('link'),
      id,
      ticket_id: row.number,
      // Work on the code, wherever it is, is the work of engineers; another issue of the same repository is another case.
      kind: inside ? 'related' : 'issue',
      system: inside ? null : 'github',
      target_key: inside ? other.number : context.pseudonymise('reference', `github.com/${place}/${other.number}`),
      linked_at: created_at,
      ...(inside ? {} : closing(other)),
    });
  }
  return [...found.values()];
}

function closing(other: Source): Partial<TelemetryRecord<'link'>> {
  if (other.state?.toLowerCase() !== 'closed') return {};
  const reason = other.state_reason?.toLowerCase() ?? null;
  const merged = other.pull_request?.merged_at ?? null;
  const closedAs =
    other.pull_request !== null
      ? merged === null
        ? 'rejected'
        : 'fixed'
      : reason === 'completed'
        ? 'fixed'
        : reason === 'duplicate'
          ? 'duplicate'
          : reason === 'not_planned'
            ? 'rejected'
            : null;
  return { closed_at: merged ?? other.closed_at, closed_as: closedAs };
}

export function mentions(
  from: { readonly id: string; readonly ticketId: string; readonly at: Date },
  text: string | null,
  { context }: Desk,
): TelemetryRecord<'link'>[] {
  // References inside GitHub are in the timeline.
  return issueLinksIn(text, from, context.pseudonymise, ({ system }) => system !== 'github');
}
