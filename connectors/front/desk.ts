import type { CodeFields } from '../../src/kit/code-fields.ts';
import { chosenCodes, chosenField } from '../../src/kit/named-fields.ts';
import { rolesOfField } from '../../src/kit/recognise-field.ts';
import type { Customers } from '../../src/kit/records/customers.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import type { Context, Part } from './account.ts';
import type { CustomField, Inbox, Status, Teammate } from './schema.ts';
import type { Settings } from './settings.ts';
import { WORDS } from './words.ts';

/** What the mapping of conversations and rules has to know of the company. */
export interface Desk {
  readonly context: Context;
  readonly teammates: ReadonlyMap<string, Teammate> | null;
  /** Teammates by mail address, in lower case. */
  readonly byMail: ReadonlyMap<string, string> | null;
  readonly inboxes: ReadonlyMap<string, Inbox> | null;
  readonly statuses: ReadonlyMap<string, Status> | null;
  readonly fields: readonly CustomField[];
  readonly codes: CodeFields;
  /** Id of the field with the priority. */
  readonly priority: string | null;
  readonly customers: Customers | null;
  readonly slugs: ReadonlyMap<string, string> | null;
  readonly sees: ReadonlySet<Part>;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const teammates = await session.teammates();
  const fields = (await session.fields()) ?? [];
  const lists = listsOf(fields);
  const stated = settings.priorityField;
  const mails = [...(teammates?.values() ?? [])].map(({ id, email }) => [email?.toLowerCase() ?? '', id] as const);
  return {
    context,
    teammates,
    byMail: teammates === null ? null : new Map(mails.filter(([mail]) => mail !== '')),
    inboxes: await session.inboxes(),
    statuses: await session.statuses(),
    fields,
    codes: chosenCodes(settings.fields, fields, lists),
    priority: chosenField(stated, stated === undefined ? lists : fields, (name) => /^priorit/i.test(name.trim())),
    customers: await session.customers(),
    slugs: await session.slugs(),
    sees: await session.sees(),
  };
}

export const listsOf = (fields: readonly CustomField[]) => fields.filter(({ type }) => /^enum$/i.test(type ?? ''));

/** Field of accounts with the tier: as stated, else a list whose name says so. */
export function tierFieldOf({ tierField }: Settings, fields: readonly CustomField[]): string | null {
  const says = (name: string) => rolesOfField(name).includes('tier');
  return chosenField(tierField, tierField === undefined ? listsOf(fields) : fields, says);
}

/** Name of a teammate, which is looked at and dropped. */
export function nameOf({ first_name: first, last_name: last, username }: Teammate): string | null {
  const name = [first, last].filter((part) => part !== null).join(' ');
  return name === '' ? username : name;
}

export type Somebody = { readonly id: string | null; readonly type: string | null } | null;
type Seat = 'person' | 'program' | 'assistant' | 'survey';

/** What an account of the desk is; null = nobody is named. */
export function seatOf(one: Somebody, { teammates, context }: Desk): Seat | null {
  if (one === null || one.id === null) return null;
  const listed = teammates?.get(one.id);
  const seat = WORDS.seat(one.type ?? listed?.type) ?? 'person';
  const name = listed === undefined ? null : nameOf(listed);
  return seat === 'person' && isProgram({ id: one.id, name }, statedOf(context.settings)) ? 'program' : seat;
}
