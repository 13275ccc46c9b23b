import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { keptTags } from '../../src/kit/kept-tag.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { articleIdsIn, issueLinksIn, openingOf } from '../../src/kit/records/texts.ts';
import { referenceKeys } from '../../src/kit/reference-keys.ts';
import { Instant } from '../../src/kit/vendor-schema.ts';
import { codeOf, type Desk, fieldOf, isOfDesk, presentStatus, rankOf, type Side, sideOf, teamOf } from './desk.ts';
import { toEvents } from './map-history.ts';
import { toClocks } from './map-sla.ts';
import { type Comment, type History, type Issue, IssueLink } from './schema.ts';
import { siteUrl } from './settings.ts';
import { typeOf, WORDS } from './words.ts';

/** Records of one request. Comments null = it was gone before they could be read; histories null = they may not be complete; `isPartly` = some could not be read. */
export function mapTicket(
  row: Issue,
  comments: readonly Comment[] | null,
  histories: readonly History[] | null,
  isPartly: boolean,
  desk: Desk,
): Mapped {
  const ticket = toTicket(row, desk);
  const sorted = [...(comments ?? [])].sort((a, b) => a.created.getTime() - b.created.getTime());
  const author_id = ticket.created_by === 'agent' ? (row.fields.creator?.id ?? null) : null;
  const messages = [openingOf(ticket, { author_id }), ...sorted.map((one, i) => toMessage(one, row, i + 1, desk))];
  const clocks = toClocks(row, desk);
  const links = toLinks(row, histories, desk);
  const answers = toAnswers(toCsat(row, desk), STARS);
  return {
    ticket: [ticket],
    message: comments === null ? [] : messages,
    event: histories === null ? [] : toEvents(row, histories, isPartly, desk),
    sla_clock: clocks.kept,
    csat: answers.csat,
    link: [...links.kept, ...sorted.flatMap((one) => mentioned(one, row, desk))],
    rejected: [...clocks.rejected, ...links.rejected, ...answers.rejected],
  };
}

function toTicket(row: Issue, desk: Desk): Ticket {
  const { context, roles } = desk;
  const { fields } = row;
  const { reporter, creator, priority, project, resolution } = fields;
  const codes = codeColumns(roles.codes, (field) => codeOf(fieldOf(row, field)));
  const onBehalf = creator === null || reporter === null ? null : creator.id !== reporter.id;
  const createdBy = sideOf(creator, reporter, desk);
  const channel = channelOf(row);
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: fields.created,
    updated_at: fields.updated,
    status: presentStatus(fields.status, desk),
    vendor_status: fields.status?.name ?? fields.status?.id ?? null,
    priority_rank: priority === null ? null : rankOf(priority.id, priority.name, desk),
    vendor_priority: priority === null ? null : (priority.name ?? priority.id),
    type: typeOf(fields.issuetype?.name ?? null),
    channel: channel === null ? null : (WORDS.channel(channel) ?? 'other'),
    vendor_channel: channel,
    form: requestTypeOf(row, desk),
    group_id: teamOf(fieldOf(row, roles.team)),
    assignee_id: fields.assignee?.id ?? null,
    requester_key: reporter === null ? null : context.pseudonymise('requester', reporter.id),
    requester_is_agent: reporter === null ? null : isOfDesk(reporter, desk),
    organisation_id: organisationOf(row, desk),
    brand: project?.id ?? null,
    ...codes,
    // The resolution tells the cause only where no field does.
    cause_code: roles.codes.has('cause') ? codes.cause_code : desk.seesFields ? (resolution?.name ?? null) : null,
    created_by: createdBy,
    created_on_behalf: createdBy === 'agent' ? onBehalf : createdBy === null ? null : false,
    deleted: false,
    spam: false,
    test: false,
    tags: keptTags(context.pseudonymise, context.settings.clearLabels, fields.labels),
    reference_keys: referencesTo(row, desk),
    reported_solved_at: fields.resolutiondate,
  };
}

/** Desks name an issue by its address or by its key, in either letter case. */
function referencesTo({ key }: Issue, { context }: Desk): string[] | null {
  if (key === null) return null;
  const site = siteUrl(context.settings).href.replace(/\/$/, '');
  return referenceKeys(new URL(`${site}/browse/${key}`), [key, key.toLowerCase()], context.pseudonymise);
}

/** The vendor keeps the channel as a property of the issue: `{"value": "portal"}`. */
function channelOf(row: Issue): string | null {
  const kept = row.properties?.['request.channel.type'];
  const value = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>).value : kept;
  return typeof value === 'string' && value !== '' ? value : null;
}

function requestTypeOf(row: Issue, { roles }: Desk): string | null {
  const origin = fieldOf(row, roles.requestType) as { requestType?: { id?: unknown } } | null;
  const id = origin?.requestType?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/** A request may be shared with several organisations; the first is that of the requester. */
function organisationOf(row: Issue, { roles }: Desk): string | null {
  const shared = fieldOf(row, roles.organisations);
  const first: unknown = Array.isArray(shared) ? shared[0] : null;
  const id = typeof first === 'object' && first !== null ? (first as Record<string, unknown>).id : null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function toMessage(row: Comment, issue: Issue, seq: number, desk: Desk): Message {
  const visible = isPublic(row);
  const author: Side = sideOf(row.author, issue.fields.reporter, desk, !visible);
  return {
    ...blank('message'),
    id: row.id,
    ticket_id: issue.id,
    at: row.created,
    seq,
    author,
    author_id: author === 'agent' ? (row.author?.id ?? null) : null,
    public: visible,
    auto_reply: author === 'machine',
    article_ids: articleIdsIn(textOf(row), ARTICLE),
  };
}

/**
 * Cloud says it of the comment, and customers see what it says also where a role or group is named beside it; Data Center keeps it as a property, and only of
 * internal ones. Where neither says it, no customer has a role or group of the site.
 */
function isPublic({ jsdPublic, properties, visibility }: Comment): boolean {
  if (jsdPublic !== 'unsaid') return jsdPublic;
  const isKept = typeof visibility === 'object' && visibility !== null && Object.keys(visibility).length > 0;
  return !(properties || isKept);
}

function textOf({ body }: Comment): string | null {
  return body === undefined || body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
}

/** Articles of the portal, or pages of Confluence. */
const ARTICLE = /\/portal\/\d+\/(?:topic\/[\w-]+\/)?article\/(\d+)|\/wiki\/spaces\/[\w~-]+\/pages\/(\d+)/g;

/** Links to issues of other teams that a comment names; those of the desk itself are requests. */
function mentioned(row: Comment, issue: Issue, { context, projectKeys }: Desk): TelemetryRecord<'link'>[] {
  const own = (key: string) => projectKeys.has((key.split('/').at(-1) ?? '').toUpperCase().replace(/-\d+$/, ''));
  const from = { id: row.id, ticketId: issue.id, at: row.created };
  return issueLinksIn(textOf(row), from, context.pseudonymise, ({ system, key }) => system !== 'jira' || !own(key));
}

/** Linked issues: of other projects as `issue`; of the desk as problem, incident or related, by their type. */
function toLinks(row: Issue, histories: readonly History[] | null, { context, projectKeys }: Desk) {
  const { kept, rejected } = parseEach(IssueLink, row.fields.issuelinks ?? [], 'tickets');
  const links = kept.flatMap((link): TelemetryRecord<'link'>[] => {
    const other = link.outwardIssue ?? link.inwardIssue;
    if (other === null) return [];
    const inside = projectKeys.has(other.key.replace(/-\d+$/, ''));
    const type = typeOf(other.fields?.issuetype?.name ?? null);
    const made = (histories ?? []).find((one) =>
      one.items.some((item) => item.field === 'Link' && item.to === other.key),
    );
    return [
      {
        ...blank('link'),
        id: `link:${link.id}:${row.id}`,
        ticket_id: row.id,
        kind: !inside ? 'issue' : type === 'problem' || type === 'incident' ? type : 'related',
        system: inside ? null : 'jira',
        target_key: context.pseudonymise('reference', other.key),
        linked_at: made?.created ?? null,
      },
    ];
  });
  return { kept: links, rejected };
}

const STARS = { feed: 'tickets', path: 'fields.satisfaction', expected: '1 to 5' };

/** One to five stars; what another value is worth is not known. Offers are not shown, and an answer without a rating is none. */
function toCsat(row: Issue, { roles }: Desk): TelemetryRecord<'csat'>[] {
  const value = fieldOf(row, roles.rating);
  const rating = typeof value === 'object' && value !== null ? (value as Record<string, unknown>).rating : value;
  if (rating === null || rating === undefined || rating === '') return [];
  const stars = typeof rating === 'string' || typeof rating === 'number' ? Number(rating) : Number.NaN;
  return [
    {
      ...blank('csat'),
      id: row.id,
      ticket_id: row.id,
      answered_at: ratedAt(row, roles.ratedAt),
      score: Number.isInteger(stars) && stars >= 1 && stars <= 5 ? (stars - 1) / 4 : null,
      scale: '1-5',
    },
  ];
}

function ratedAt(row: Issue, field: string | null): Date | null {
  return Instant.safeParse(fieldOf(row, field)).data ?? null;
}
