import type { CaseFields } from './fields.ts';
import type { Case, CaseStatus } from './schema.ts';
import type { Context } from './session.ts';
import { type Side, type Staff, sideOf } from './staff.ts';
import { type Status, statusOf, type VendorWords, wordsOf } from './words.ts';

/** What the mapping of cases and messages has to know of the org. */
export interface Desk {
  readonly context: Context;
  readonly words: VendorWords;
  readonly staff: Staff;
  readonly fields: CaseFields;
  /** By API name and by label, in small letters: histories write either. */
  readonly statuses: ReadonlyMap<string, CaseStatus>;
  readonly tracked: ReadonlySet<string> | null;
  /** Whether the address of whoever wrote by mail or form may be seen. */
  readonly seesSender: boolean;
  /** Ids of articles by the name in their address, in small letters; null = they are not shown. */
  readonly articleNames: ReadonlyMap<string, string> | null;
  /** Whether it is shown which fields cases have. */
  readonly seesFields: boolean;
}

export async function loadDesk(context: Context): Promise<Desk> {
  const { session, settings } = context;
  const statuses = await session.statuses();
  const named = statuses.flatMap((status): [string, CaseStatus][] =>
    [status.MasterLabel, status.ApiName].flatMap((name): [string, CaseStatus][] =>
      name === null ? [] : [[name.toLowerCase(), status]],
    ),
  );
  return {
    context,
    words: wordsOf(settings),
    staff: await session.staff(),
    fields: await session.caseFields(),
    statuses: new Map(named),
    tracked: await session.tracked('Case'),
    seesSender: (await session.fieldsOf('Case'))?.some((field) => field.name === 'SuppliedEmail') !== false,
    articleNames: await session.articleNames(),
    seesFields: await session.describes('Case'),
  };
}

/** Category of a status by what the org says of it now. `closed` = what the case itself says. */
export function categoryOf(name: string, closed: boolean | null, desk: Desk): Status {
  const listed = desk.statuses.get(name.toLowerCase())?.IsClosed ?? null;
  return statusOf(name, closed ?? listed, desk.context.settings);
}

interface Made {
  readonly CreatedById: string | null;
  readonly CreatedBy: { readonly UserType: string | null } | null;
}

export function makerOf(row: Made, desk: Desk): Side {
  return sideOf(row.CreatedById, row.CreatedBy?.UserType ?? null, desk.staff, desk.context.settings);
}

/** An owner is a queue or a person; their ids say which. */
export function isQueue(id: string | null): boolean {
  return id?.startsWith('00G') === true;
}
export function isUser(id: string | null): boolean {
  return id?.startsWith('005') === true;
}

/** A code of a case: of several choices the first; `true` and `false` as such. */
export function codeOf(row: Case, field: string | undefined): string | null {
  const value = field === undefined ? null : row[field];
  if (typeof value === 'string') return value.split(';')[0]?.trim() || null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
