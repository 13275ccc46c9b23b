import type { Edit } from './ticket-log.ts';
import { slugOf } from './vocabulary.ts';
import type { SimRule, World } from './world.ts';

/** Puts the desk's mark of an escalation on a ticket, in the way that its people chose; `level` 1 is the higher of two grades. */
export function markEscalated(world: World, edit: Edit, rule: SimRule | null, level: 0 | 1 = 0): void {
  const { escalation } = world.words;
  if (escalation.as === 'checkbox') edit.field(world.fields.escalation, '1', rule);
  else if (escalation.as === 'dropdown') edit.field(world.fields.escalation, escalation.options[level], rule);
  else if (escalation.as === 'status') edit.escalatedStatus(rule);
  else edit.tag(slugOf(escalation.word), rule);
}
