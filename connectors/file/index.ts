/** Reading exports and event logs: a mapping file in, a source of canonical records out; and the wizard that proposes a mapping. */
export { parseCountsMapping } from './counts/counts-schema.ts';
export { openCountsSource } from './counts/counts-source.ts';
export { proposeCounts } from './counts/propose-counts.ts';
export { type Mapping, mappingJsonSchema } from './mapping-schema.ts';
export { openPoints, parseMapping } from './plan.ts';
export { type Proposal, proposeMapping } from './propose/propose-mapping.ts';
export { type FileSourceOptions, openFileSource } from './source.ts';
