import type { z } from 'zod';
import { available } from '../../src/kit/capability.ts';
import type { Capability } from '../../src/kit/connector.ts';
import { feedsOf } from '../../src/kit/declare-connector.ts';
import type { ChangesFeed } from '../../src/kit/feed/changes.ts';
import type { Feed } from '../../src/kit/feed/feed.ts';
import type { ListFeed } from '../../src/kit/feed/list.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import { AT, PAGES, probeTable, queryOf, TICKET_PAGES, tablePath } from './calls.ts';
import type { Context, Session } from './session.ts';
import type { Settings } from './settings.ts';

const { list, changes } = feedsOf<Settings, Session>();

type Filter = string | null | ((context: Context) => string | null);
/** A feed of one table: where it is and how it pages follow from the table. */
interface OfTable {
  readonly table: string;
  readonly filter?: Filter;
  /** Fields beside those of the schema. */
  readonly more?: (context: Context) => readonly string[];
  readonly shows?: (context: Context) => Promise<Capability> | Capability;
}
type Given = 'path' | 'query' | 'at' | 'page' | 'shows';

const filterIn = (filter: Filter | undefined, context: Context) =>
  typeof filter === 'function' ? filter(context) : (filter ?? null);

function callOf({ table, filter, more }: OfTable, rows: z.ZodType) {
  return {
    path: tablePath(table),
    at: AT,
    query: (context: Context) => queryOf(rows as z.ZodObject, filterIn(filter, context), more?.(context)),
  };
}

/** Rows that may not be seen make an empty list and no refusal: the probe looks for them. */
function watched(feed: Feed<Context>, of: OfTable, words: ListFeed<Context, never>['words']): Feed<Context> {
  const { table, filter, shows = () => available() } = of;
  return { ...feed, probe: (context) => probeTable(context, table, filterIn(filter, context), words, shows) };
}

/** Configuration of one table, read whole. */
export function tableList<R>(of: OfTable & Omit<ListFeed<Context, R>, Given>): Feed<Context> {
  const { shows: _probed, ...feed } = of;
  return watched(list<R>({ ...feed, ...callOf(of, of.rows), page: PAGES }), of, of.words);
}

const ZONE: Capability = {
  status: 'permission',
  detail:
    'The instance reads instants in questions on the clock of the user, so that changes would be missed. Set the time zone of the user to GMT (User Administration > Users).',
};

/** History of one table, by an instant of its rows. */
export function tableChanges<R>(
  of: OfTable & Omit<ChangesFeed<Context, R, never>, Given | 'start' | 'children'>,
): Feed<Context> {
  const { shows = () => available(), ...feed } = of;
  const start = ({ settings }: Context) => startAt(settings);
  const zoned = async (context: Context) => ((await context.session.readsUtc()) ? shows(context) : ZONE);
  const made = changes<R>({ ...feed, ...callOf(of, of.rows), page: TICKET_PAGES, start });
  return watched(made, { ...of, shows: zoned }, of.words);
}

/** What to grant, for an administrator. */
export const READ = (table: string, role: string) =>
  `Give the user the role ${role}, or a read ACL on ${table} (System Security > Access Control).`;
