import { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { checkpointCodec } from '../../src/kit/checkpoint.ts';
import type { ConnectorPage } from '../../src/kit/connector.ts';
import { isRefusal } from '../../src/kit/http-status-error.ts';
import { parseEach, refOf } from '../../src/kit/parse-each.ts';
import { loadDirectory } from './directory.ts';
import { mapUpdates } from './map-update.ts';
import { type Context, firstSecond, listPages } from './pages.ts';
import { quickUpdate } from './quick-read.ts';
import { ticketPages } from './read-tickets.ts';
import { Audit, ExportedUpdate, type Update } from './schema-events.ts';
import { timeExport } from './time-export.ts';

const State = z.strictObject({ at: z.int() });

/** Events and messages of all tickets from the incremental export; comments come along through its sideload. */
export async function* readTicketEvents(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const directory = await loadDirectory(context);
  const codec = checkpointCodec('ticket-events', State, { at: firstSecond(context.settings) });
  const { at } = codec.read(checkpoint);
  const query = { include: 'comment_events' };
  for await (const page of timeExport(context, '/incremental/ticket_events', 'ticket_events', at, query)) {
    const { kept, rejected } = parseEach(ExportedUpdate, page.items, 'ticket-events', refOf, quickUpdate);
    const mapped = mapUpdates(
      kept.filter((update) => update.at <= context.until),
      directory,
      context,
    );
    yield {
      records: { event: mapped.event, message: mapped.message, link: mapped.link },
      rejected: [...rejected, ...mapped.rejected],
      checkpoint: codec.write({ at: page.resume }),
      seen: page.items.length,
    };
  }
}

/** Tickets a page in the audit fallback: each costs at least one call, and a page is repeated whole after an interruption. */
const AUDIT_PAGE = 50;

/**
 * Events and messages ticket by ticket from audits, for accounts where the export of events fails. The checkpoint moves behind a page of
 * tickets only when all their audits were read. A ticket that is gone answers 404 and is skipped.
 */
export async function* readTicketAudits(context: Context, checkpoint: string | null): AsyncGenerator<ConnectorPage> {
  const directory = await loadDirectory(context);
  for await (const page of ticketPages(context, checkpoint, {}, AUDIT_PAGE)) {
    const updates: Update[] = [];
    const rejected: SetAside[] = [...page.rejected];
    for (const ticket of page.tickets) {
      const audits = await auditsOf(context, ticket.id);
      updates.push(...audits.kept.filter((update) => update.at <= context.until));
      rejected.push(...audits.rejected);
    }
    const mapped = mapUpdates(updates, directory, context);
    yield {
      records: { event: mapped.event, message: mapped.message, link: mapped.link },
      rejected: [...rejected, ...mapped.rejected],
      checkpoint: page.checkpoint,
      seen: page.seen,
    };
  }
}

async function auditsOf(context: Context, ticketId: string): Promise<{ kept: Update[]; rejected: SetAside[] }> {
  const kept: Update[] = [];
  const rejected: SetAside[] = [];
  try {
    for await (const rows of listPages(context, `/tickets/${encodeURIComponent(ticketId)}/audits`, 'audits')) {
      const parsed = parseEach(Audit, rows, 'ticket-audits');
      kept.push(...parsed.kept);
      rejected.push(...parsed.rejected);
    }
  } catch (error) {
    if (!isRefusal(error, [404])) throw error;
  }
  return { kept, rejected };
}
