export { INPUTS_IN_USE } from './economics.ts';
export { judgeValue, type ValueInput } from './judge-value.ts';
export { mixContacts } from './mix-contacts.ts';
export { proposeMapping } from './propose-mapping.ts';
