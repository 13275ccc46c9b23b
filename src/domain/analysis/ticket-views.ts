import { type Columns, is, type Table } from '../columns.ts';
import { TABLES } from '../telemetry.ts';

const from = (what: string) => is.maybeText(`records or vendor: who worked ${what} out; null without a value.`);

/** What is worked out for every ticket; null = cannot be known from the streams of the connection, where nothing else is said. */
const DERIVED: Columns = {
  population: is.text('human, machine, bot, internal, deleted, spam, merged, test or migration.'),
  week: is.time('Monday of the creation.'),
  status_as_of: is.maybeText('Status category at as_of.'),
  priority_as_of: is.maybeInt('Rank of the priority at as_of, 1 = highest.'),
  group_as_of: is.maybeText('Team at as_of.'),
  assignee_as_of: is.maybeText('Owner at as_of; null = nobody, or not known.'),
  open_as_of: is.maybeBool('Neither solved, closed nor deleted at as_of.'),
  reopens: is.maybeInt('Times it left solved or closed for another category.'),
  first_touch_at: is.maybeTime('First action of a human agent of any kind; null = none yet, or not known.'),
  first_touch_priority: is.maybeInt('Rank of the priority in force at that touch.'),
  first_touch_priority_set: is.maybeBool('Somebody or a rule had set it; false = the default of the desk.'),
  first_reply_at: is.maybeTime('First reply of a person; null = none yet, or not known.'),
  replies: is.maybeInt('Replies of people before as_of.'),
  notes: is.maybeInt('Internal notes of people before as_of.'),
  customer_messages: is.maybeInt('Messages of the customer before as_of.'),
  owner_changes: is.maybeInt('Changes from one person to another; the first assignment is none.'),
  group_changes: is.maybeInt('Changes from one team to another.'),
  reassignments: is.maybeInt('Changes of owner or team, taken by instant.'),
  first_assignee_id: is.maybeText('First person who owned it; null = nobody yet, or not known.'),
  first_assignee_at: is.maybeTime('Since when; null likewise.'),
  first_assignee_actor: is.maybeText('Kind of actor who set it.'),
  tier: is.maybeText('Customer tier of the organisation; null = none known.'),
  tier_rank: is.maybeInt('Its rank, 1 = best; null = the order is unknown.'),
  partner: is.maybeBool('The organisation is a partner.'),
  ever_solved_at: is.maybeTime('First entry into solved or closed, also when it was opened again; null = never.'),
  first_solved_at: is.maybeTime('First entry into solved or closed; null while it is open at as_of.'),
  last_solved_at: is.maybeTime('Last entry into solved or closed; null while it is open at as_of.'),
  closed_at: is.maybeTime('Last entry into closed; null while it is not closed.'),
  opened_off_hours: is.maybeBool('Created outside business hours; null without a calendar.'),
  first_reply_calendar_s: is.maybeReal('From creation to the first reply.'),
  first_reply_business_s: is.maybeReal('The same in business seconds.'),
  first_reply_business_vendor_s: is.maybeReal("The same by the vendor's own way of counting."),
  first_reply_from: from('first_reply_calendar_s'),
  first_reply_business_from: from('first_reply_business_s'),
  first_resolution_calendar_s: is.maybeReal('From creation to first_solved_at.'),
  first_resolution_business_s: is.maybeReal('The same in business seconds.'),
  first_resolution_from: from('first_resolution_calendar_s'),
  first_resolution_business_from: from('first_resolution_business_s'),
  full_resolution_calendar_s: is.maybeReal('From creation to last_solved_at.'),
  full_resolution_business_s: is.maybeReal('The same in business seconds.'),
  full_resolution_from: from('full_resolution_calendar_s'),
  full_resolution_business_from: from('full_resolution_business_s'),
  close_time_calendar_s: is.maybeReal('From creation to closed_at.'),
};

const { id, ...recorded }: Columns = TABLES.ticket.columns;

/** Recorded columns of a ticket first, then what is derived. */
const columns: Columns = { ...(id === undefined ? {} : { id }), ...recorded, ...DERIVED };

export const TICKET_VIEWS: readonly Table[] = [
  {
    name: 'ticket_all',
    doc: 'A ticket created before as_of: columns of `ticket` as they were at the last sync, and what is derived from its history up to as_of.',
    key: ['id'],
    columns,
  },
  {
    name: 'ticket_h',
    doc: 'The same for population human alone: the tickets that most signals look at.',
    key: ['id'],
    columns,
  },
];
