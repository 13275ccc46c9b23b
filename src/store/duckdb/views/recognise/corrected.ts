import { type Relation, view } from '../relation.ts';

/** As recorded; nothing was learnt that corrects it. */
function asRecorded(name: string): Relation {
  return view(name, [`m_${name}`], () => `SELECT * FROM m_${name}`);
}

export const CORRECTED_BY_PEOPLE: readonly Relation[] = [asRecorded('agent'), asRecorded('sla_clock')];
export const CORRECTED_BY_TIER: readonly Relation[] = [
  asRecorded('organisation'),
  asRecorded('sla_policy'),
  asRecorded('automation'),
];
