import { BACKLOG } from './backlog-week.ts';
import { BUSINESS_DAY } from './business-day.ts';
import { BUSINESS_INTERVAL } from './business-interval.ts';
import { BUSINESS_PERIOD } from './business-period.ts';
import { change, ownerSpan, ownerStay, statusSpan, statusStay } from './change.ts';
import { acknowledgement, fullyRead, messageKind, touch, touchKind } from './conversation.ts';
import { coverage } from './coverage.ts';
import { CUSTOMERS } from './customers.ts';
import { ISSUES } from './issues.ts';
import { firstTicket, keptTicket } from './kept-ticket.ts';
import { POPULATION } from './population.ts';
import { RECOGNISED } from './recognise/index.ts';
import { RECORDED } from './recorded.ts';
import type { Relation } from './relation.ts';
import { reply } from './reply.ts';
import { TICKET_ALL } from './ticket-all.ts';
import { TICKET_FACTS } from './ticket-facts.ts';

/** Every relation of a measurement (docs/measure-views.md), with the steps in between. */
export const RELATIONS: readonly Relation[] = [
  ...RECORDED,
  ...CUSTOMERS,
  ...ISSUES,
  coverage,
  keptTicket,
  firstTicket,
  change,
  statusStay,
  statusSpan,
  ownerStay,
  ownerSpan,
  messageKind,
  acknowledgement,
  fullyRead,
  touchKind,
  touch,
  reply,
  ...TICKET_FACTS,
  ...POPULATION,
  ...TICKET_ALL,
  ...BACKLOG,
  ...BUSINESS_PERIOD,
  ...BUSINESS_INTERVAL,
  ...BUSINESS_DAY,
  ...RECOGNISED,
];
