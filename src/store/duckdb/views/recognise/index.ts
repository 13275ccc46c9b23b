import { type Relation, view } from '../relation.ts';
import { escalation } from './escalation.ts';

/** Programs that post under an agent's account, told by how they work. */
const program = view('program', [], () => nothing({ agent_id: 'VARCHAR', how: 'VARCHAR' }));

/** Terms that stand for a customer tier. */
const tierTerm = view('tier_term', [], () =>
  nothing({ term: 'VARCHAR', tier: 'VARCHAR', tier_rank: 'BIGINT', how: 'VARCHAR' }),
);

/** Ticket fields by what they are used for. */
const fieldRole = view('field_role', [], () => nothing({ field: 'VARCHAR', role: 'VARCHAR', how: 'VARCHAR' }));

/** All that was learnt from the data, with its evidence, for confirmation by people. */
const recognised = view('recognised', [], () =>
  nothing({
    kind: 'VARCHAR',
    subject: 'VARCHAR',
    meaning: 'VARCHAR',
    how: 'VARCHAR',
    support: 'BIGINT',
    base: 'BIGINT',
  }),
);

/** All that was looked at and not understood. */
const unread = view('unread', [], () => nothing({ kind: 'VARCHAR', subject: 'VARCHAR', detail: 'VARCHAR' }));

function nothing(columns: Readonly<Record<string, string>>): string {
  const typed = Object.entries({ connection: 'VARCHAR', ...columns });
  return `SELECT ${typed.map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`).join(', ')} WHERE false`;
}

/** What things are, learnt from the work that reaches them (docs/recognition.md). */
export const RECOGNISED: readonly Relation[] = [program, tierTerm, fieldRole, escalation, recognised, unread];
