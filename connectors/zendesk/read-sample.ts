import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import type { Message, TelemetryRecord } from '../../src/domain/telemetry.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import { readRateHeaders } from '../../src/kit/retry-after.ts';
import type { Step } from './attribute.ts';
import { Chosen, chanceOf, keepChosen } from './choose-sample.ts';
import type { Directory } from './directory.ts';
import { createHearing, HeardState, NOTICE_FIELDS, TEMPLATE_FIELDS, unheardOfAudits } from './hearing.ts';
import { macroOf } from './map-message.ts';
import { mapSteps, orderSteps } from './map-update.ts';
import { API, exportQuota, firstSecond, unixOf } from './pages.ts';
import { ticketPages } from './read-tickets.ts';
import { auditsOf } from './read-updates.ts';
import { ChildEvent, ExportedUpdate, exportPage, type Update } from './schema-events.ts';
import type { Context } from './session.ts';

/** Days of creation that the sample reaches back. */
const DAYS = 90;
/** Tickets a page: each costs at least one request, and a page is repeated whole after an interruption. */
const PAGE = 25;
/** Updates that are looked up in the export before its ids are taken for others than those of audits. */
const TRIES = 3;

const State = z.strictObject({
  cursor: z.string().nullable(),
  chosen: z.record(z.string(), Chosen),
  /** Audits and export name comments by the same ids; absent = no update with a macro was met yet. */
  sameIds: z.boolean().optional(),
  ...HeardState,
});
type State = z.infer<typeof State>;
const sampleCodec = checkpointCodec<State>('audit-sample', State, { cursor: null, chosen: {} });

/**
 * Audits of a random sample of tickets of the last 90 days, for what the export of events leaves out: messages of rules, and the macros that replies
 * were written with. First the export of tickets is walked and the tickets that come first by chance are kept (a sample that needs no count and that every
 * sync finds again); then the audits of those that changed since are read. Where the account allows fewer requests a minute than the sample has
 * tickets, it is that many. Macros are told of the comments of the export: only where both name a comment by the same id, which is looked up once.
 */
export async function* readSample(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  let state = sampleCodec.read(checkpoint);
  const since = unixOf(context.until) - DAYS * 86_400;
  const start = Math.max(since, firstSecond(context.settings));
  for await (const page of ticketPages(context, state.cursor, {}, context.settings.perPage, start)) {
    const chosen = { ...state.chosen };
    for (const ticket of page.tickets) {
      const created = unixOf(ticket.created_at);
      if (created < start || ticket.status === 'deleted') continue;
      const changed = ticket.generated_timestamp ?? unixOf(ticket.updated_at ?? ticket.created_at);
      chosen[ticket.id] = { created, changed, read: chosen[ticket.id]?.read ?? 0 };
    }
    const kept = keepChosen(chosen, context.settings.auditSample, start);
    state = { ...state, cursor: page.cursor, chosen: kept };
    yield { records: {}, rejected: [], checkpoint: sampleCodec.write(state), seen: page.seen };
  }
  yield* readChosen(context, await context.session.directory(), state);
}

async function* readChosen(context: Context, directory: Directory, from: State): AsyncGenerator<ConnectorPage> {
  let state = from;
  const hearing = createHearing(state, directory);
  let pace = Number.POSITIVE_INFINITY;
  const due = Object.entries(state.chosen)
    .filter(([, one]) => one.read < one.changed)
    .sort(([a], [b]) => (chanceOf(a) < chanceOf(b) ? -1 : 1));
  for (let done = 0; done < Math.min(due.length, pace); done += PAGE) {
    const asked: typeof due = [];
    const updates: Update[] = [];
    for (const [id, one] of due.slice(done, done + PAGE)) {
      if (done + asked.length >= pace) break;
      asked.push([id, one]);
      const { kept } = await auditsOf(context, id, ({ headers }) => {
        pace = readRateHeaders(headers, context.until).limit ?? pace;
      });
      updates.push(...kept.filter((update) => update.at <= context.until));
    }
    const rejected: SetAside[] = [];
    const steps = orderSteps(updates, rejected);
    hearing.look(steps);
    const sameIds = state.sameIds ?? (await namesAlike(context, steps));
    const found = messagesOf(steps, directory, context);
    state = {
      ...state,
      ...hearing.state(),
      ...(sameIds === undefined ? {} : { sameIds }),
      chosen: { ...state.chosen, ...Object.fromEntries(asked.map(([id, one]) => [id, { ...one, read: one.changed }])) },
    };
    yield {
      records: {
        message: found.filter((one) => one.auto_reply),
        message_template: sameIds === true ? found.flatMap(templateOf) : [],
        ticket_sample: asked.map(([id]) => ({ ticket_id: id, stream: 'messages', at: context.until })),
      },
      rejected,
      checkpoint: sampleCodec.write(state),
      seen: asked.length,
    };
  }
}

/** What the export lacks: messages of rules, and replies with the macro that they were written with. Whoever applies a macro belongs to the desk. */
function messagesOf(steps: readonly Step[], directory: Directory, context: Context): Message[] {
  const appliers = steps.flatMap(({ update, children }) =>
    update.updaterId !== null && children.some((child) => macroOf(child) !== null) ? [update.updaterId] : [],
  );
  const formerAgents = [...context.settings.formerAgents, ...appliers];
  const { message } = mapSteps(steps, directory, { ...context, settings: { ...context.settings, formerAgents } });
  return message.filter((one) => one.auto_reply || one.template_id !== null);
}

/**
 * The template of a comment, apart from it: the comment itself belongs to the export, and of two streams that write one row the later one would
 * win, whichever that is.
 */
function templateOf({ id, ticket_id, at, template_id }: Message): TelemetryRecord<'message_template'>[] {
  return template_id === null ? [] : [{ message_id: id, ticket_id, at, template_id }];
}

/** The export names the comments of these updates as audits do. Undefined where no comment was written with a macro. */
async function namesAlike(context: Context, steps: readonly Step[]): Promise<boolean | undefined> {
  const written = steps.filter(
    ({ children }) => children.some((child) => macroOf(child) !== null) && commentIds(children).length > 0,
  );
  if (written.length === 0) return undefined;
  for (const step of written.slice(0, TRIES)) {
    const exported = await exportedComments(context, step.update);
    if (exported !== null) return commentIds(step.children).every((id) => exported.includes(id));
  }
  return false;
}

function commentIds(children: readonly ChildEvent[]): string[] {
  return children.flatMap((child) => (child.kind === 'Comment' && child.id !== null ? [child.id] : []));
}

/** Ids of the comments of an update in the export; null when it cannot be found there. */
async function exportedComments(context: Context, update: Update): Promise<string[] | null> {
  try {
    const { data } = await context.http.getJson({
      path: `${API}/incremental/ticket_events`,
      query: { start_time: unixOf(update.at), include: 'comment_events' },
      schema: exportPage('ticket_events'),
      quota: exportQuota(context.settings),
      signal: context.signal,
    });
    const rows = parseEach(ExportedUpdate, data.rows, 'ticket-events').kept;
    const row = rows.find((one) => one.id === update.id);
    if (row === undefined) return null;
    return commentIds(parseEach(ChildEvent, row.children, 'ticket-events').kept);
  } catch (error) {
    if (!isRefusal(error, [403, 404, 422])) throw error;
    return null;
  }
}

/** Fields of messages that the sample does not show. */
export function unheardInSample(checkpoint: string): string[] {
  const state = sampleCodec.read(checkpoint);
  if (!Object.values(state.chosen).some((one) => one.read > 0)) return [...NOTICE_FIELDS, ...TEMPLATE_FIELDS];
  return [...new Set([...unheardOfAudits(state), ...(state.sameIds === false ? TEMPLATE_FIELDS : [])])];
}
