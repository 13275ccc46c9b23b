import { type Relation, view } from '../relation.ts';
import { CORRECTED_BY_TIER } from './corrected.ts';
import { ESCALATION } from './escalation.ts';
import { fieldFact, fieldFirst } from './field-fact.ts';
import { FIELD_ROLES } from './field-role.ts';
import { LEARNT } from './learnt.ts';
import { MARKS } from './mark.ts';
import { meaning } from './meaning.ts';
import { ORGANISATION_TERMS } from './organisation-term.ts';
import { PROGRAM } from './program.ts';
import { ruleTerm } from './rule-term.ts';
import { SLA_CLOCK } from './sla-clock.ts';
import { SOURCE } from './source.ts';
import { TEAM } from './team.ts';
import { teamWork } from './team-work.ts';
import { ticketField } from './ticket-field.ts';
import { TIER_BASE } from './tier-base.ts';
import { TIER_TERMS } from './tier-term.ts';
import { teamStay, teamTicket, teamTicketKind, workTicket } from './work-ticket.ts';

/** Rows of what was learnt of people, teams and escalations. */
const LEARNT_PARTS = ['m_program_recognised', 'm_source_recognised', 'm_team_recognised', 'm_escalation_recognised'];
const learntOfPeople = view('m_learnt_people', LEARNT_PARTS, () =>
  together(
    LEARNT_PARTS,
    'kind, subject, meaning, how, CAST(support AS BIGINT) AS support, CAST(base AS BIGINT) AS base',
  ),
);

/** Rows of what was not understood of them. */
const UNREAD_PARTS = ['m_program_unread', 'm_team_unread', 'm_escalation_unread'];
const unreadOfPeople = view('m_unread_people', UNREAD_PARTS, () => together(UNREAD_PARTS, 'kind, subject, detail'));

function together(parts: readonly string[], columns: string): string {
  return parts.map((part) => `SELECT connection, ${columns} FROM ${part}`).join(' UNION ALL ');
}

/** What things are, learnt from the work that reaches them (docs/recognition.md). */
export const RECOGNISED: readonly Relation[] = [
  meaning,
  ...SLA_CLOCK,
  ...CORRECTED_BY_TIER,
  ...SOURCE,
  ...PROGRAM,
  workTicket,
  teamStay,
  teamTicketKind,
  teamTicket,
  ...MARKS,
  teamWork,
  ...TEAM,
  learntOfPeople,
  unreadOfPeople,
  ruleTerm,
  ...ORGANISATION_TERMS,
  ...TIER_BASE,
  ...TIER_TERMS,
  ...ESCALATION,
  fieldFirst,
  fieldFact,
  ...FIELD_ROLES,
  ticketField,
  ...LEARNT,
];
