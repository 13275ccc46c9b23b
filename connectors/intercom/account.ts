import type { z } from 'zod';
import type { ReplyMeaning, VendorReply } from '../../src/kit/account.ts';
import { type CodeFields, chooseCodeFields } from '../../src/kit/code-fields.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import type { FeedContext } from '../../src/kit/feed/feed.ts';
import { readVisible } from '../../src/kit/feed/read-all.ts';
import type { Since } from '../../src/kit/feed/since.ts';
import { readVendorCode } from '../../src/kit/http-status-error.ts';
import { withoutOddCells } from '../../src/kit/mend-item.ts';
import { once } from '../../src/kit/once.ts';
import { onePage, pageNumber } from '../../src/kit/page/counted.ts';
import { cursor } from '../../src/kit/page/cursor.ts';
import { isProgram } from '../../src/kit/records/people.ts';
import { statedOf } from '../../src/kit/usual-settings.ts';
import { Admin, Attribute, Me, Team } from './schema.ts';
import type { Settings } from './settings.ts';

/** The version is sent with every request: without it the app's own default decides about the form of replies. */
export const VERSION = '2.16';

/** 10,000 requests a minute for the app, dealt out in spans of ten seconds. */
export const LIMITS = { concurrency: 4, perMinute: 10_000, windows: [{ requests: 1666, seconds: 10 }] };

export const WHOLE = onePage();
/** Numbered pages; newest first, so that a row that changes meanwhile pushes others to later pages and none is passed over. */
export const PAGES = pageNumber({ param: 'page', size: { param: 'per_page', rows: 50 }, pages: 'pages.total_pages' });
/** The vendor pages companies up to the ten-thousandth. */
export const COMPANY_PAGES = pageNumber({
  param: 'page',
  size: { param: 'per_page', rows: 50 },
  pages: 'pages.total_pages',
  lastPage: 200,
});
export const SEARCH = cursor({ at: 'pages.next.starting_after', param: 'pagination.starting_after', inBody: true });

const DAY_S = 86_400;
const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000);
const dayOf = (at: Date) => secondsOf(at) - (secondsOf(at) % DAY_S);

/**
 * A search by the last change. The vendor documents instants and was seen to compare whole UTC days (`>` = from the next day on, `<` = before that day);
 * bounds at the edges of days mean the same either way. It was also seen to ignore the order that is asked for, so weeks are walked whole.
 */
export function changedIn(perPage: number): Since {
  return {
    field: 'updated_at',
    overlapS: 3600,
    spanS: 7 * DAY_S,
    ask: (ask, from, to) => ({
      ...ask,
      body: {
        query: {
          operator: 'AND',
          value: [
            { field: 'updated_at', operator: '>', value: dayOf(from) - 1 },
            { field: 'updated_at', operator: '<', value: dayOf(to) + DAY_S },
          ],
        },
        sort: { field: 'updated_at', order: 'ascending' },
        pagination: { per_page: perPage },
      },
    }),
  };
}

/** What other records are understood by. Each is asked for once a sync, by the first that needs it; null = the token may not see it. */
export interface Session {
  readonly teams: () => Promise<readonly Team[] | null>;
  readonly admins: () => Promise<readonly Admin[] | null>;
  readonly attributes: () => Promise<readonly Attribute[] | null>;
}
export type Context = FeedContext<Settings, Session>;

export async function readMe(context: EarlyContext<Settings>) {
  return context.http.getJson({ path: '/me', schema: withoutOddCells(Me), signal: context.signal });
}

export function openSession(context: EarlyContext<Settings>): Session {
  const rows = <R>(path: string, at: string, schema: z.ZodType<R>) =>
    readVisible(context, { path, at, page: WHOLE, rows: schema });
  return {
    teams: once(() => rows('/teams', 'teams', Team)),
    admins: once(() => rows('/admins', 'admins', Admin)),
    attributes: once(() => rows('/conversations/attributes', 'data', Attribute)),
  };
}

/** Refusals that the vendor names in the body. */
export function classify(reply: VendorReply): ReplyMeaning | null {
  if (reply.status < 400 || reply.status === 401 || reply.status === 429) return null;
  switch (readVendorCode(reply.json())) {
    case 'api_plan_restricted':
      return 'plan';
    case 'intercom_version_invalid':
      return 'absent';
    case 'rate_limit_exceeded':
      return 'limit';
    default:
      return null;
  }
}

/** Whether values of an attribute are codes; others may be free text and are never kept. */
export function holdsCode(attribute: Pick<Attribute, 'data_type'>): boolean {
  return /^(list|boolean|integer|decimal|datetime)$/i.test(attribute.data_type ?? '');
}

/** Names of the attributes with product, category, severity and cause. */
export function codeFieldsOf(settings: Settings, attributes: readonly Attribute[]): CodeFields {
  const lists = attributes.filter((one) => /^list$/i.test(one.data_type ?? ''));
  return chooseCodeFields(
    settings.fields,
    lists.map(({ name }) => ({ name, title: name })),
  );
}

/** The vendor's own bot stands among the teammates and speaks as one, under whatever name a workspace gives it. */
export function isOperator({ email }: { readonly email: string | null }): boolean {
  return /^operator\+[^@]*@intercom\.io$/i.test(email ?? '');
}

/** What the mapping of conversations has to know of the workspace. */
export interface Account {
  readonly context: Context;
  readonly attributes: readonly Attribute[];
  readonly codes: CodeFields;
  /** Teammates that are programs. */
  readonly programs: ReadonlySet<string>;
}

export async function loadAccount(context: Context): Promise<Account> {
  const { session, settings } = context;
  const attributes = (await session.attributes()) ?? [];
  const programs = ((await session.admins()) ?? []).filter(
    (admin) => isOperator(admin) || isProgram(admin, statedOf(settings)),
  );
  return {
    context,
    attributes,
    codes: codeFieldsOf(settings, attributes),
    programs: new Set([...programs.map(({ id }) => id), ...settings.machineUsers]),
  };
}
