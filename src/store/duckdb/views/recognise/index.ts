import { type Relation, view } from '../relation.ts';
import { CORRECTED_BY_PEOPLE, CORRECTED_BY_TIER } from './corrected.ts';
import { escalation } from './escalation.ts';
import { fieldFact, fieldFirst } from './field-fact.ts';
import { FIELD_ROLES } from './field-role.ts';
import { meaning } from './meaning.ts';
import { nothing } from './nothing.ts';
import { ruleTerm } from './rule-term.ts';
import { ticketField } from './ticket-field.ts';

const LEARNT = {
  kind: 'VARCHAR',
  subject: 'VARCHAR',
  meaning: 'VARCHAR',
  how: 'VARCHAR',
  support: 'BIGINT',
  base: 'BIGINT',
};
const NOT_UNDERSTOOD = { kind: 'VARCHAR', subject: 'VARCHAR', detail: 'VARCHAR' };

/** Programs that post under an agent's account, told by how they work. */
const program = view('program', [], () => nothing({ agent_id: 'VARCHAR', how: 'VARCHAR' }));

/** What was learnt of people, teams and escalations. */
const learntOfPeople = view('m_learnt_people', [], () => nothing(LEARNT));

/** What was not understood of people, teams and escalations. */
const unreadOfPeople = view('m_unread_people', [], () => nothing(NOT_UNDERSTOOD));

/** Terms that stand for a customer tier, with what shows it. */
const tierWork = view('m_tier_term', [], () =>
  nothing({ term: 'VARCHAR', tier: 'VARCHAR', tier_rank: 'BIGINT', how: 'VARCHAR', support: 'BIGINT', base: 'BIGINT' }),
);

const tierTerm = view(
  'tier_term',
  ['m_tier_term'],
  () => `SELECT connection, term, tier, tier_rank, how FROM m_tier_term`,
);

/** All that was learnt from the data, with its evidence, for confirmation by people. */
const recognised = view('recognised', ['m_learnt_people'], () => 'SELECT * FROM m_learnt_people');

/** All that was looked at and not understood. */
const unread = view('unread', ['m_unread_people'], () => 'SELECT * FROM m_unread_people');

/** What things are, learnt from the work that reaches them (docs/recognition.md). */
export const RECOGNISED: readonly Relation[] = [
  meaning,
  ...CORRECTED_BY_PEOPLE,
  ...CORRECTED_BY_TIER,
  program,
  learntOfPeople,
  unreadOfPeople,
  ruleTerm,
  tierWork,
  tierTerm,
  escalation,
  fieldFirst,
  fieldFact,
  ...FIELD_ROLES,
  ticketField,
  recognised,
  unread,
];
