export { type ComparisonInput, compareSaidSeen } from './compare-said-seen.ts';
export { expectedLevel } from './gaps.ts';
