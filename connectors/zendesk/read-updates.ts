import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import type { HttpReply } from '../../src/kit/http.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import type { Step } from './attribute.ts';
import { type Directory, lacksParts } from './directory.ts';
import { createFormerAgents, FormerState } from './former-agents.ts';
import { createHearing, HeardState } from './hearing.ts';
import { mapSteps, orderSteps } from './map-update.ts';
import { firstSecond, listPages } from './pages.ts';
import { ticketPages, ticketsCodec } from './read-tickets.ts';
import { Audit, ExportedUpdate, type Update } from './schema-events.ts';
import type { Context } from './session.ts';
import { timeExport } from './time-export.ts';

const State = z.strictObject({
  at: z.int(),
  /** Read while a list that gives fields or rules their meaning was broken: once it answers, everything is read again. */
  blind: z.boolean().optional(),
  ...FormerState,
  ...HeardState,
});

/** Lists without which changes and notifications lose their meaning. */
const MEANING = ['ticket_fields', 'triggers'];

/** Checkpoint of the log of events. */
export function eventsCodec(first: number) {
  return checkpointCodec<z.infer<typeof State>>('ticket-events', State, { at: first });
}

/** Events and messages of all tickets from the incremental export; comments come along through its sideload. */
export async function* readTicketEvents(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const directory = await context.session.directory();
  const codec = eventsCodec(firstSecond(context.settings));
  const before = codec.read(checkpoint);
  const blind = lacksParts(directory, MEANING);
  const at = before.blind === true && !blind ? firstSecond(context.settings) : before.at;
  const stateAt = (second: number) => codec.write({ at: second, ...(blind ? { blind } : {}), ...mapper.state() });
  const mapper = createMapper(directory, context, before);
  let resume = at;
  const query = { include: 'comment_events' };
  for await (const page of timeExport(context, '/incremental/ticket_events', 'ticket_events', at, query)) {
    const { kept, rejected } = parseEach(ExportedUpdate, page.items, 'ticket-events');
    const until = context.until.getTime();
    const mapped = mapper.page(kept.filter((update) => update.at.getTime() <= until));
    resume = page.resume;
    yield {
      records: mapped.records,
      rejected: [...rejected, ...mapped.rejected],
      checkpoint: stateAt(resume),
      seen: page.items.length,
    };
  }
  const last = mapper.end();
  if (last !== null) yield { ...last, checkpoint: stateAt(resume), seen: 0 };
}

/** Maps pages of updates, and maps anew those whose author turns out to be a former agent. */
function createMapper(
  directory: Directory,
  context: Context,
  before: Parameters<typeof createFormerAgents>[2] & Parameters<typeof createHearing>[0],
) {
  const former = createFormerAgents(directory, context, before);
  const hearing = createHearing(before, directory);
  const mapAll = (steps: readonly Step[]) => {
    const formerAgents = [...context.settings.formerAgents, ...former.ids()];
    const mapped = mapSteps(steps, directory, { ...context, settings: { ...context.settings, formerAgents } });
    former.note(mapped.message);
    const { event, message, link, rejected } = mapped;
    return { records: { event, message, link }, rejected };
  };
  return {
    page(updates: readonly Update[]) {
      const rejected: SetAside[] = [];
      const steps = orderSteps(updates, rejected);
      hearing.look(steps);
      const mapped = mapAll([...former.look(steps), ...steps]);
      return { ...mapped, rejected: [...rejected, ...mapped.rejected] };
    },
    end() {
      const again = former.close();
      return again.length === 0 ? null : mapAll(again);
    },
    state: () => ({ ...former.state(), ...hearing.state() }),
  };
}

/** Tickets a page in the audit fallback: each costs at least one call, and a page is repeated whole after an interruption. */
const AUDIT_PAGE = 50;

/**
 * Events and messages ticket by ticket from audits, for accounts where the export of events fails. The checkpoint moves behind a page of
 * tickets only when all their audits were read. A ticket that is gone answers 404 and is skipped.
 */
export async function* readTicketAudits(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const directory = await context.session.directory();
  const mapper = createMapper(directory, context, ticketsCodec.read(checkpoint));
  const blind = lacksParts(directory, MEANING);
  const stateOf = (page: string | null) =>
    ticketsCodec.write({ cursor: ticketsCodec.read(page).cursor, ...(blind ? { blind } : {}), ...mapper.state() });
  let place = ticketsCodec.read(checkpoint).blind === true && !blind ? null : checkpoint;
  for await (const page of ticketPages(context, place, {}, AUDIT_PAGE)) {
    const updates: Update[] = [];
    const rejected: SetAside[] = [...page.rejected];
    for (const ticket of page.tickets) {
      const audits = await auditsOf(context, ticket.id);
      updates.push(...audits.kept.filter((update) => update.at <= context.until));
      rejected.push(...audits.rejected);
    }
    const mapped = mapper.page(updates);
    place = page.checkpoint;
    yield {
      records: mapped.records,
      rejected: [...rejected, ...mapped.rejected],
      checkpoint: stateOf(place),
      seen: page.seen,
    };
  }
  const last = mapper.end();
  if (last !== null) yield { ...last, checkpoint: stateOf(place), seen: 0 };
}

/** All audits of a ticket; none when it is gone (404). */
export async function auditsOf(
  context: Context,
  ticketId: string,
  onReply?: (reply: HttpReply<unknown>) => void,
): Promise<{ kept: Update[]; rejected: SetAside[] }> {
  const kept: Update[] = [];
  const rejected: SetAside[] = [];
  try {
    const path = `/tickets/${encodeURIComponent(ticketId)}/audits`;
    for await (const rows of listPages(context, path, 'audits', {}, onReply)) {
      const parsed = parseEach(Audit, rows, 'ticket-audits');
      kept.push(...parsed.kept);
      rejected.push(...parsed.rejected);
    }
  } catch (error) {
    if (!isRefusal(error, [404])) throw error;
  }
  return { kept, rejected };
}
