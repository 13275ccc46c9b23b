import type { Message, Ticket } from '../../src/domain/telemetry.ts';
import type { CodeFields } from '../../src/kit/code-fields.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import { codeFieldsOf, followedFields } from './fields.ts';
import type { Article, Owner, Property } from './schema.ts';
import { channelByName, readStages, type Stage, WORDS } from './words.ts';

/** What the mapping of tickets has to know of the account. */
export interface Desk {
  readonly context: Context;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly properties: ReadonlyMap<string, Property>;
  /** Whether stages and properties are shown at all, by which values have names. */
  readonly shown: { readonly stages: boolean; readonly properties: boolean };
  readonly codes: CodeFields;
  readonly followed: readonly Property[];
  /** Owner by the id of the user that stands behind it. */
  readonly byUser: ReadonlyMap<string, Owner>;
  readonly programs: ReadonlySet<string>;
  /** Published articles by their address; null = none is shown, so that links to them cannot be told. */
  readonly articles: ReadonlyMap<string, string> | null;
  readonly channels: ReadonlyMap<string, NonNullable<Ticket['channel']>>;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const known = await session.ticketProperties();
  const properties = new Map((known ?? []).map((one) => [one.name, one]));
  const pipelines = await session.pipelines();
  const owners = (await session.owners()) ?? [];
  const channels = (await session.channels()) ?? [];
  const users = owners.flatMap((owner): [string, Owner][] => {
    const user = owner.userId ?? owner.userIdIncludingInactive;
    return user === null ? [] : [[user, owner]];
  });
  const programs = owners.map(named).filter((one) => isProgram(one, statedOf(settings)));
  return {
    context,
    stages: readStages(pipelines ?? [], settings),
    properties,
    shown: { stages: pipelines !== null, properties: known !== null },
    codes: codeFieldsOf(settings, [...properties.values()]),
    followed: followedFields([...properties.values()]),
    byUser: new Map(users),
    programs: new Set([...programs.map(({ id }) => id), ...settings.machineUsers]),
    articles: addressesOf((await session.articles()) ?? []),
    channels: new Map(channels.flatMap(({ id, name }) => (name === null ? [] : [[id, channelByName(name)]]))),
  };
}

/** Other pages of the site are found by the same search. */
export function isArticle({ type }: Article): boolean {
  return /^knowledge_article$/i.test(type ?? '');
}

function addressesOf(rows: readonly Article[]): ReadonlyMap<string, string> | null {
  const found = rows.filter(isArticle).flatMap((row): [string, string][] => {
    const address = row.url === null ? null : addressOf(row.url);
    return address === null ? [] : [[address, row.id]];
  });
  return found.length === 0 ? null : new Map(found);
}

/** Host and path, without what a mail or a page adds to a link. */
function addressOf(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { host, pathname } = new URL(link);
  return `${host}${pathname.replace(/\/+$/, '')}`.toLowerCase();
}

/** Articles that a text links to, by id; null without a text, and where no article is shown. */
export function articlesIn(text: string | null, { articles }: Pick<Desk, 'articles'>): string[] | null {
  if (text === null || articles === null) return null;
  const links = text.match(/https?:\/\/[^\s<>"'()]+/g) ?? [];
  const ids = links.flatMap((link) => articles.get(addressOf(link.replace(/[.,;:!?]+$/, '')) ?? '') ?? []);
  return [...new Set(ids)].sort();
}

/** The name is looked at and dropped. */
export function named({ id, firstName, lastName }: Owner) {
  const name = [firstName, lastName].filter((one) => one !== null).join(' ');
  return { id, name: name === '' ? null : name };
}

/** The member of the desk behind a user; one that no list names keeps the id of the user. */
export function agentOf(user: string, { byUser, programs }: Desk): Pick<Message, 'author' | 'author_id'> {
  const id = byUser.get(user)?.id ?? `user:${user}`;
  return programs.has(id) ? { author: 'machine', author_id: null } : { author: 'agent', author_id: id };
}

export function channelOf(id: string | null, { channels }: Desk): Ticket['channel'] {
  return id === null ? null : (channels.get(id) ?? WORDS.channelId(id));
}

/** Text that the account shows for a value; null where it shows none. */
export function labelOf(property: string, value: string, { properties }: Desk): string | null {
  return properties.get(property)?.options.find((one) => one.value === value)?.label ?? null;
}
