import type { Message, Ticket } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { toEvents } from '../../src/kit/records/history.ts';
import { openingOf } from '../../src/kit/records/texts.ts';
import { actorOf, agentId, type Desk, requesterKey, sideOf } from './desk.ts';
import { labelFacts, mentions } from './map-ticket.ts';
import type { Discussion, Reply, Thread } from './schema.ts';
import { typeOf } from './words.ts';

/** Numbers of issues and discussions are of one series, so a discussion keeps its own. */
export function mapDiscussion(row: Discussion, threads: readonly Thread[], desk: Desk): Mapped {
  const until = desk.context.until.getTime();
  const said = threads
    .flatMap((thread): Reply[] => [thread, ...(thread.replies?.nodes ?? [])])
    .filter((one) => one.isMinimized !== true && one.createdAt.getTime() <= until)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const ticket = toTicket(row, desk);
  return {
    ticket: [ticket],
    event: toHistory(row, ticket, desk),
    message: [
      openingOf(ticket, { author_id: agentId(ticket.created_by, row.author) }),
      ...said.map((one, i) => toMessage(one, row, i + 1, desk)),
    ],
    link: [{ id: `${row.number}:opening`, body: row.body, createdAt: row.createdAt }, ...said].flatMap((one) =>
      mentions({ id: one.id, ticketId: row.number, at: one.createdAt }, one.body, desk),
    ),
  };
}

/** What a discussion went through, as far as stamps tell. Where an answer can be chosen, choosing it is the solution. */
function turns(row: Discussion) {
  const all = [
    { at: row.answerChosenAt, to: 'solved', word: 'answered' },
    { at: row.closed === true ? row.closedAt : null, to: 'closed', word: 'closed' },
  ] as const;
  return all
    .flatMap(({ at, ...turn }) => (at === null ? [] : [{ at, ...turn }]))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function toHistory(row: Discussion, ticket: Ticket, desk: Desk) {
  const story = {
    ticketId: row.number,
    createdAt: row.createdAt,
    ...actorOf(row.author, row.author, desk, row.authorAssociation),
    present: [{ kind: 'status', value: ticket.status, born: 'open' }] as const,
  };
  const steps = turns(row).map(({ at, to, word }) => ({
    id: word,
    at,
    actor: null,
    actor_id: null,
    changes: [{ kind: 'status', to }] as const,
  }));
  return toEvents(story, steps);
}

function toTicket(row: Discussion, desk: Desk): Ticket {
  const given = row.labels?.nodes?.map(({ name }) => name) ?? null;
  const labels = given ?? [];
  const side = sideOf(row.author, row.authorAssociation, row.author, desk);
  const [last] = turns(row).toReversed();
  const facts = labelFacts(given, desk);
  return {
    ...blank('ticket'),
    ...facts,
    id: row.number,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    status: last?.to ?? 'open',
    vendor_status: last?.word ?? 'open',
    type: typeOf(null, labels, desk.context.settings) ?? (row.category?.isAnswerable === true ? 'question' : null),
    category: facts.category ?? row.category?.id ?? null,
    form: 'discussion',
    requester_key: requesterKey(row.author, desk),
    requester_is_agent: side === null ? null : side === 'agent',
    created_by: side,
    deleted: false,
    spam: false,
    test: false,
    filled_fields: given === null ? null : facts.priority_rank === null ? [] : ['priority'],
    reported_solved_at: row.answerChosenAt,
    reported_closed_at: row.closedAt,
  };
}

function toMessage(one: Reply, row: Discussion, seq: number, desk: Desk): Message {
  const side = sideOf(one.author, one.authorAssociation, row.author, desk);
  return {
    ...blank('message'),
    id: one.id,
    ticket_id: row.number,
    at: one.createdAt,
    seq,
    author: side,
    author_id: agentId(side, one.author),
    public: true,
    auto_reply: side === 'machine',
  };
}
