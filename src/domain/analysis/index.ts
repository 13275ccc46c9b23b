import type { Table } from '../columns.ts';
import { VIEWS_BESIDE_TICKETS } from './derived-views.ts';
import { LEDGER_TABLES } from './ledger-tables.ts';
import { TICKET_VIEWS } from './ticket-views.ts';

export { clockOf, nullOf, unitOf } from './column-words.ts';
export { LEDGER_TABLES } from './ledger-tables.ts';

/** Measure views of one instant as an analyst gets them (docs/measure-views.md); `connection` is added by the store. */
export const ANALYSIS_VIEWS: readonly Table[] = [...TICKET_VIEWS, ...VIEWS_BESIDE_TICKETS];

/** Every table of `plumbline export --snapshot`. */
export const ANALYSIS_TABLES: readonly Table[] = [...LEDGER_TABLES, ...ANALYSIS_VIEWS];

/** Whether rows of a table carry the connection that they come from. */
export function hasConnection({ name }: Table): boolean {
  return ANALYSIS_VIEWS.some((view) => view.name === name);
}
