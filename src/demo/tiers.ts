import type { Practices } from './practices.ts';
import type { TierPlace, Vocabulary } from './vocabulary.ts';
import type { FieldIds, RuleCondition, SimOrganisation, World } from './world.ts';

/** The customers worth most: the last of the tiers, where there is more than one. */
export function isTop(practices: Practices, organisation: SimOrganisation | null): boolean {
  const { tiers } = practices.customers;
  return organisation !== null && tiers.length > 1 && organisation.rank === tiers.length - 1;
}

/** The organisation and its people bear these tags, and so do the tickets that they open. */
export function tierTags(world: Pick<World, 'practices' | 'words'>, organisation: SimOrganisation | null): string[] {
  const { words } = world;
  if (organisation === null || !words.tiers.shownOn.includes('org_tag')) return [];
  if (organisation.rank === 0 && !words.tiers.lowestTagged) return [];
  return [nameTag(words, organisation.tier)];
}

/** Conditions on a dropdown of the organisation hold the id of the option; the organisation itself holds its value. */
export function tierOptionId(rank: number): number {
  return 7_376_695_621_007 + rank;
}

function nameTag(words: Vocabulary, tier: string): string {
  return `${words.tiers.prefix}${tier}${words.tiers.suffix}`;
}

/** Whether the tier can be read at a place in this desk. */
export function showsTier(practices: Practices, words: Vocabulary, place: TierPlace): boolean {
  if (!words.tiers.shownOn.includes(place)) return false;
  return place !== 'org_field' || practices.customers.accountFields.includes('tier');
}

/**
 * The condition by which rules and policies of this desk select a tier, as the vendor writes it. A desk whose favourite place does not
 * show the tier uses the next one that does. Empty where the tier shows nowhere: such a rule has nothing to look at.
 */
export function selectTier(practices: Practices, words: Vocabulary, fields: FieldIds, tier: string): RuleCondition[] {
  return selectAt(practices, words, fields, tier, [words.tiers.selectedBy, 'org_tag', 'org_field', 'ticket_field']);
}

/** The same, by the customer's account alone: for the rule that writes the tier on the ticket. */
export function selectTierOnAccount(
  practices: Practices,
  words: Vocabulary,
  fields: FieldIds,
  tier: string,
): RuleCondition[] {
  return selectAt(practices, words, fields, tier, ['org_tag', 'org_field']);
}

function selectAt(
  practices: Practices,
  words: Vocabulary,
  fields: FieldIds,
  tier: string,
  places: readonly TierPlace[],
): RuleCondition[] {
  const rank = practices.customers.tiers.findIndex((entry) => entry.name === tier);
  for (const place of places) {
    if (!showsTier(practices, words, place)) continue;
    if (place === 'org_field')
      return [
        {
          field: `organization.custom_fields.${words.accountFields.tier.key}`,
          operator: 'is',
          value: String(tierOptionId(rank)),
        },
      ];
    if (place === 'ticket_field') return [{ field: `custom_fields_${fields.tier}`, operator: 'is', value: tier }];
    if (rank > 0 || words.tiers.lowestTagged)
      return [{ field: 'current_tags', operator: 'includes', value: nameTag(words, tier) }];
    const others = practices.customers.tiers.slice(1).map((entry) => nameTag(words, entry.name));
    return [{ field: 'current_tags', operator: 'not_includes', value: others.join(' ') }];
  }
  return [];
}
