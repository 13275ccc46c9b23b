export { type ComparisonInput, compareSaidSeen } from './compare-said-seen.ts';
