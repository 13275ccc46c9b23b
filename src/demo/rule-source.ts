import type { Practices } from './practices.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { FieldIds, RuleCondition, SimGroup, SimRule } from './world.ts';

/** Makes one rule of the desk; ids rise in the order of making. */
export type AddRule = (
  key: string,
  kind: SimRule['kind'],
  title: string,
  all: RuleCondition[],
  actions: SimRule['actions'],
  active?: boolean,
  ageDays?: number,
) => void;

/** What rules of a desk are written from. */
export interface RuleSource {
  readonly practices: Practices;
  readonly words: Vocabulary;
  readonly groups: readonly SimGroup[];
  readonly fields: FieldIds;
}

export const CREATED = is('update_type', 'Create');

export function is(field: string, value: string): RuleCondition {
  return { field, operator: 'is', value };
}

/** Id of the address that rules call for a tool. */
export function nameWebhook(index: number): string {
  return `01HABCVNT1Z4N9XRFVKX48${String(index).padStart(4, '0')}`;
}
