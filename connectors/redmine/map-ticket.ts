import type { Message, TelemetryRecord, Ticket } from '../../src/domain/telemetry.ts';
import { parseBaseUrl } from '../../src/kit/base-url.ts';
import { blank } from '../../src/kit/blank.ts';
import { codeColumns } from '../../src/kit/code-fields.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { issueLinksIn, openingOf } from '../../src/kit/records/texts.ts';
import { referenceKeys } from '../../src/kit/reference-keys.ts';
import { type Desk, fieldValue, firstOf, ownersOf, rankOf, type Side, sideOf, statusById } from './desk.ts';
import { isRelation, toHistory } from './map-history.ts';
import type { Issue, Journal, Named } from './schema.ts';
import { articleId, titleOf } from './wiki.ts';
import { closedAs, statusOf, WORDS } from './words.ts';

/** Records of one issue. Journals null = it was gone before they could be read; `others` = issues that it is connected with. */
export function mapTicket(
  row: Issue,
  journals: readonly Journal[] | null,
  others: ReadonlyMap<string, Issue>,
  desk: Desk,
  isPartly: boolean,
): Mapped {
  const until = desk.context.until.getTime();
  // What was written after the bound comes with the next sync, and the row does not know of it yet.
  const told = (journals ?? [])
    .filter((one) => one.created_on.getTime() <= until)
    .sort((a, b) => a.created_on.getTime() - b.created_on.getTime() || compareIds(a.id, b.id));
  const ticket = toTicket(row, desk);
  const notes = told.filter((one) => one.notes !== null);
  const history = journals === null ? { events: [], rejected: [] } : toHistory(row, told, isPartly, desk);
  const texts = [
    { id: `${row.id}:opening`, text: row.description, at: row.created_on },
    ...notes.map((one) => ({ id: one.id, text: one.notes, at: one.created_on })),
  ];
  return {
    ticket: [ticket],
    message:
      journals === null
        ? []
        : [
            openingOf(ticket, {
              author_id: authorId(ticket.created_by, row.author),
              article_ids: articlesIn(row.description, row, desk),
            }),
            ...notes.map((one, i) => toMessage(one, row, i + 1, desk)),
          ],
    event: history.events,
    link: [...relations(row, told, others, desk), ...texts.flatMap((one) => mentions(one, row, desk))],
    rejected: history.rejected,
  };
}

/** Whole numbers of any size, as text. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function toTicket(row: Issue, desk: Desk): Ticket {
  const { context, staff } = desk;
  const { author, category, priority, project, tracker } = row;
  const { projectsAre, timeIsBillable } = context.settings;
  const { group, assignee } = ownersOf(row.assigned_to?.id ?? null, project?.id ?? null, desk);
  const codes = codeColumns(desk.codes, (field) => fieldValue(row, field));
  return {
    ...blank('ticket'),
    id: row.id,
    created_at: row.created_on,
    updated_at: row.updated_on,
    ...statusColumns(row, desk),
    priority_rank: rankOf(priority?.id ?? null, priority?.name ?? null, desk),
    vendor_priority: priority === null ? null : (priority.name ?? priority.id),
    type: tracker === null ? null : (WORDS.type(tracker.name) ?? 'other'),
    form: tracker?.id ?? null,
    group_id: group,
    assignee_id: assignee,
    requester_key: author === null ? null : context.pseudonymise('requester', author.id),
    requester_is_agent: author === null || staff.agents === null ? null : staff.agents.has(author.id),
    organisation_id: projectsAre === 'customers' ? (project?.id ?? null) : null,
    brand: projectsAre === 'desks' ? (project?.id ?? null) : null,
    ...codes,
    category: codes.category ?? category?.id ?? null,
    created_by: sideOf(author, author, desk),
    deleted: false,
    spam: false,
    test: false,
    reference_keys: referencesTo(row, desk),
    filled_fields: filledFields(row, desk),
    billable_s: timeIsBillable && row.spent_hours !== null ? Math.round(row.spent_hours * 3600) : null,
  };
}

/** An unreadable status is as an unknown word. The vendor keeps the stamp of closing when an issue is opened again. */
function statusColumns(
  { status, closed_on }: Issue,
  desk: Desk,
): Pick<Ticket, 'status' | 'vendor_status' | 'reported_closed_at'> {
  if (status === null) return { status: 'open', vendor_status: null, reported_closed_at: null };
  const isClosed = desk.statuses?.get(status.id)?.is_closed ?? status.is_closed;
  return {
    status: statusById(status.id, desk, status) ?? statusOf(status, desk.context.settings),
    vendor_status: status.name ?? status.id,
    reported_closed_at: isClosed === true ? closed_on : null,
  };
}

/** Desks name an issue by its address; another Redmine by its number. */
function referencesTo({ id }: Issue, { context }: Desk): string[] | null {
  const site = parseBaseUrl(context.settings.url, true).href.replace(/\/+$/, '');
  return referenceKeys(new URL(`${site}/issues/${id}`), [`redmine/${id}`], context.pseudonymise);
}

/** A default says nothing: where it is not shown what defaults are, it is not known what was filled in. */
function filledFields(row: Issue, { fields, priorities }: Desk): string[] | null {
  if (row.custom_fields === null || fields === null || priorities === null) return null;
  const own = row.custom_fields
    .filter(({ id, value }) => {
      const texts = (Array.isArray(value) ? value : [value]).filter(
        (one) => one !== null && one !== undefined && one !== '',
      );
      const given = fields.find((field) => field.id === id)?.default_value ?? null;
      return texts.length > 0 && !(texts.length === 1 && given !== null && String(texts[0]) === given);
    })
    .map(({ id }) => `cf.${id}`);
  const usual = priorities.find((one) => one.is_default === true);
  if (row.priority !== null && row.priority.id !== usual?.id) own.push('priority');
  if (row.category !== null) own.push('category');
  if (row.fixed_version !== null) own.push('version');
  if (row.due_date !== null) own.push('due');
  return own.sort();
}

function authorId(side: Side, user: Named | null): string | null {
  return side === 'agent' ? (user?.id ?? null) : null;
}

function toMessage(one: Journal, row: Issue, seq: number, desk: Desk): Message {
  const internal = one.private_notes;
  const author = sideOf(one.user, row.author, desk, internal);
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.id,
    at: one.created_on,
    seq,
    author,
    author_id: authorId(author, one.user),
    public: !internal,
    auto_reply: author === 'machine',
    article_ids: articlesIn(one.notes, row, desk),
  };
}

/** Pages of the wiki that a text links to: `[[Page]]`, `[[project:Page]]`, or by address. The text is dropped. */
function articlesIn(text: string | null, row: Issue, { context, projects }: Desk): string[] {
  const linked = [...(text ?? '').matchAll(/\[\[(?:([\w-]+):)?([^\]|#\n]{1,255})/g)].map(([, project, title]) => ({
    project: project === undefined ? row.project?.id : projects.get(project),
    title: title ?? '',
  }));
  const addressed = [...(text ?? '').matchAll(/\/projects\/([\w-]+)\/wiki\/([^\s"'<>)\]?#/]{1,255})/g)].map(
    ([, project = '', title = '']) => ({ project: projects.get(project), title: decode(title) }),
  );
  const ids = [...linked, ...addressed].flatMap(({ project, title }) =>
    project === undefined || title === '' ? [] : [articleId(context, project, titleOf(title))],
  );
  return [...new Set(ids)].sort();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an address that the vendor wrote; as it stands it names no page, which is what is wanted.
    return text;
  }
}

/** Issues of projects that are not read belong to other teams' work. What cannot be seen of the other issue is unknown. */
function relations(
  row: Issue,
  journals: readonly Journal[],
  others: ReadonlyMap<string, Issue>,
  { context, projects }: Desk,
): TelemetryRecord<'link'>[] {
  const read = new Set(projects.values());
  return connected(row).map(({ id, other }) => {
    const found = others.get(other) ?? null;
    const outside = found !== null && found.project !== null && !read.has(found.project.id);
    const made = journals.find((one) =>
      one.details.some((detail) => isRelation(detail) && firstOf(detail.new_value) === other),
    );
    const type = found === null ? null : WORDS.type(found.tracker?.name);
    const own = type === 'problem' || type === 'incident' ? type : 'related';
    const closed = outside && found.status?.is_closed === true;
    return {
      ...blank('link'),
      id: `${id}:${row.id}`,
      ticket_id: row.id,
      kind: outside ? 'issue' : own,
      system: outside ? 'redmine' : null,
      target_key: outside ? context.pseudonymise('reference', `redmine/${other}`) : other,
      linked_at: made?.created_on ?? null,
      closed_at: closed ? found.closed_on : null,
      closed_as: closed ? closedAs(found.status?.name ?? null) : null,
    };
  });
}

/** Ids of the issues that one is connected with. */
export function connected(row: Issue): { readonly id: string; readonly other: string }[] {
  const related = (row.relations ?? []).map((one) => ({
    id: `relation:${one.id}`,
    other: one.issue_id === row.id ? one.issue_to_id : one.issue_id,
  }));
  return row.parent === null ? related : [...related, { id: 'parent', other: row.parent.id }];
}

function mentions(
  { id, text, at }: { readonly id: string; readonly text: string | null; readonly at: Date },
  row: Issue,
  { context }: Desk,
): TelemetryRecord<'link'>[] {
  const own = new URL(context.http.origin).host.toLowerCase();
  return issueLinksIn(
    text,
    { id, ticketId: row.id, at },
    context.pseudonymise,
    ({ key }) => !key.startsWith(`${own}/`),
  );
}
