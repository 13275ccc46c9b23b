const TIER_WORDS: readonly RegExp[] = [
  /platinum|enterprise|premium|vip|strategic|elite|diamond|priority/i,
  /gold|business|professional|\bpro\b|growth|plus|advanced/i,
  /silver|team|standard|essential|regular/i,
  /bronze|basic|starter|free|trial|community|self/i,
];

/** 1 = highest tier: place in the configured order, else by common plan words; null when neither knows the tier. */
export function tierRank(tier: string | null, order: readonly string[] | undefined): number | null {
  if (tier === null) return null;
  if (order !== undefined) {
    const place = order.findIndex((one) => one.toLowerCase() === tier.toLowerCase());
    return place < 0 ? null : place + 1;
  }
  const place = TIER_WORDS.findIndex((words) => words.test(tier));
  return place < 0 ? null : place + 1;
}
