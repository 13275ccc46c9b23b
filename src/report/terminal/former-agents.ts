import type { Style } from '../style.ts';
import { wrap } from '../style.ts';

export interface FormerAgentsView {
  readonly connection: string;
  readonly agents: readonly { readonly id: string; readonly by: readonly string[] }[];
}

/** People who still may be named one by one; beyond that the list of all is in the JSON output. */
const MOST_NAMED = 20;

/** Former agents by id with what told each of them; an empty text when there are none. */
export function renderFormerAgents({ connection, agents }: FormerAgentsView, style: Style): string {
  if (agents.length === 0) return '';
  const count = agents.length === 1 ? '1 former agent' : `${agents.length} former agents`;
  const named = agents.slice(0, MOST_NAMED).map(({ id, by }) => `${id} (${by.join('; ')})`);
  const more = agents.length > MOST_NAMED ? [`and ${agents.length - MOST_NAMED} more`] : [];
  return wrap(
    `${connection}: ${count} recognised from the log: ${[...named, ...more].join(', ')}.`,
    style.width,
    '  ',
  ).join('\n');
}
