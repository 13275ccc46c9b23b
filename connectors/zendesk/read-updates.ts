import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { type CheckpointCodec, checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import type { Page } from '../../src/kit/page/pager.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import type { Step } from './attribute.ts';
import { BlindState, resumeFrom } from './blind.ts';
import { lacksParts } from './directory.ts';
import { createFormerAgents, FormerState } from './former-agents.ts';
import { createHearing, HeardState } from './hearing.ts';
import { mapSteps, orderSteps } from './map-update.ts';
import { firstSecond, listPages } from './pages.ts';
import { ticketPages, ticketsCodec } from './read-tickets.ts';
import { Audit, ExportedUpdate, type Update } from './schema-events.ts';
import type { Context } from './session.ts';
import { timeExport } from './time-export.ts';

const State = z.strictObject({ at: z.int(), ...BlindState, ...FormerState, ...HeardState });

/** Lists without which changes and notifications lose their meaning. */
const MEANING = ['ticket_fields', 'triggers'];

/** Checkpoint of the log of events. */
export function eventsCodec(first: number) {
  return checkpointCodec<z.infer<typeof State>>('ticket-events', State, { at: first });
}

/** Updates of one page, whoever gave them; `place` = behind it. */
interface LogPage<P> {
  readonly updates: readonly Update[];
  readonly rejected: readonly SetAside[];
  readonly place: P;
  readonly seen: number;
}

type LogState = Parameters<typeof createFormerAgents>[2] &
  Parameters<typeof createHearing>[0] & { blind?: boolean | undefined };

/** Maps the updates of a log up to the frozen end, and maps anew those whose author turns out to be a former agent. */
async function* readLog<P extends object>(
  context: Context,
  codec: CheckpointCodec<P & LogState>,
  checkpoint: string | null,
  pagesFrom: (place: P) => AsyncIterable<LogPage<P>>,
): AsyncGenerator<ConnectorPage> {
  const directory = await context.session.directory();
  const { begin, lasting } = resumeFrom(codec, checkpoint, lacksParts(directory, MEANING));
  const before = codec.read(checkpoint);
  const former = createFormerAgents(directory, context, before);
  const hearing = createHearing(before, directory);
  let place: P = begin;
  const pageOf = (steps: readonly Step[], rejected: readonly SetAside[], seen: number): ConnectorPage => {
    const formerAgents = [...context.settings.formerAgents, ...former.ids()];
    const mapped = mapSteps(steps, directory, { ...context, settings: { ...context.settings, formerAgents } });
    former.note(mapped.message);
    const { rejected: more, ...records } = mapped;
    const state = { ...place, ...lasting, ...former.state(), ...hearing.state() };
    return { records, rejected: [...rejected, ...more], checkpoint: codec.write(state), seen };
  };
  for await (const page of pagesFrom(begin)) {
    const rejected = [...page.rejected];
    const steps = orderSteps(
      page.updates.filter((update) => update.at <= context.until),
      rejected,
    );
    hearing.look(steps);
    place = page.place;
    yield pageOf([...former.look(steps), ...steps], rejected, page.seen);
  }
  const again = former.close();
  if (again.length > 0) yield pageOf(again, [], 0);
}

/** Events and messages of all tickets from the incremental export; comments come along through its sideload. */
export function readTicketEvents(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const codec = eventsCodec(firstSecond(context.settings));
  return readLog<{ at: number }>(context, codec, checkpoint, async function* ({ at }) {
    const query = { include: 'comment_events' };
    for await (const page of timeExport(context, '/incremental/ticket_events', 'ticket_events', at, query)) {
      const { kept, rejected } = parseEach(ExportedUpdate, page.items, 'ticket-events');
      yield { updates: kept, rejected, place: { at: page.resume }, seen: page.items.length };
    }
  });
}

/** Tickets a page in the audit fallback: each costs at least one call, and a page is repeated whole after an interruption. */
const AUDIT_PAGE = 50;

/**
 * Events and messages ticket by ticket from audits, for accounts where the export of events fails. The checkpoint moves behind a page of
 * tickets only when all their audits were read. A ticket that is gone answers 404 and is skipped.
 */
export function readTicketAudits(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  return readLog<{ cursor: string | null }>(context, ticketsCodec, checkpoint, async function* (place) {
    for await (const { tickets, rejected, cursor, seen } of ticketPages(context, place.cursor, {}, AUDIT_PAGE)) {
      const updates: Update[] = [];
      const aside = [...rejected];
      for (const ticket of tickets) {
        const audits = await auditsOf(context, ticket.id);
        updates.push(...audits.kept);
        aside.push(...audits.rejected);
      }
      yield { updates, rejected: aside, place: { cursor }, seen };
    }
  });
}

/** All audits of a ticket; none when it is gone (404). */
export async function auditsOf(
  context: Context,
  ticketId: string,
  onPage?: (page: Page) => void,
): Promise<{ kept: Update[]; rejected: SetAside[] }> {
  const kept: Update[] = [];
  const rejected: SetAside[] = [];
  try {
    const path = `/tickets/${encodeURIComponent(ticketId)}/audits`;
    for await (const page of listPages(context, path, 'audits')) {
      onPage?.(page);
      const parsed = parseEach(Audit, page.rows, 'ticket-audits');
      kept.push(...parsed.kept);
      rejected.push(...parsed.rejected);
    }
  } catch (error) {
    if (!isRefusal(error, [404])) throw error;
  }
  return { kept, rejected };
}
