export { windowVariable, writeNumberQuery } from './write-query.ts';
