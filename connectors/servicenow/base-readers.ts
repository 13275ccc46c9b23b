import { each } from '../../src/kit/each.ts';
import { type Early, readCounted, readSide } from './calls.ts';
import { BaseCriterion, Property } from './schema.ts';

/** Who reads the articles of a knowledge base, as far as that is known without its user criteria, which are conditions and scripts. */
export type BaseReaders = (base: string | null) => boolean | null;

/** Each of these lists lets somebody read a base or keeps somebody from it: who contributes reads too. */
const LISTS = [
  'kb_uc_can_read_mtom',
  'kb_uc_cannot_read_mtom',
  'kb_uc_can_contribute_mtom',
  'kb_uc_cannot_contribute_mtom',
];
/** Whether a base without any criteria is closed to everybody; else all users read it. */
const CLOSED = 'glide.knowman.block_access_with_no_user_criteria';

/**
 * Null = the lists are not all shown, or not what holds without criteria. None at all is not believed: every instance is shipped with criteria, and some do not count what they hide.
 * https://www.servicenow.com/docs/r/platform-security/instance-security-hardening-settings/sc-restrict-knowledge-bases-access.html
 */
export async function readBaseReaders(context: Early): Promise<BaseReaders | null> {
  const lists = await each(LISTS, (table) => readCounted(context, table, BaseCriterion, null));
  const rows = lists.flatMap((list) => list?.rows ?? []);
  if (rows.length === 0 || !lists.every((list) => list?.isWhole === true)) return null;
  const ruled = new Set(rows.map((row) => row.kb_knowledge_base));
  const [closed] = (await readSide(context, 'sys_properties', Property, `name=${CLOSED}`)) ?? [];
  const word = closed?.value?.toLowerCase();
  if (word !== 'true' && word !== 'false') return null;
  return (base) => (base === null || ruled.has(base) ? null : word === 'false');
}
