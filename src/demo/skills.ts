/** Ids of the routing attributes of a desk that deals out by skill. */
export const SKILL_IDS = ['b376b35a-e38b-11e8-a292-e3b6377c5570', 'b376b35a-e38b-11e8-a292-e3b6377c5571'] as const;
