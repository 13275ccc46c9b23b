import { latest } from '../../src/domain/latest.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import type { Mapped } from '../../src/kit/feed/feed.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { dayOf } from '../../src/kit/instants.ts';
import { healthRank, highestBand } from '../../src/kit/recognise-customer.ts';
import { deniesAll } from '../../src/kit/recognise-escalation.ts';
import type { ToldBySales } from '../../src/kit/recognise-sale.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import type { AccountFields } from './fields.ts';
import { readToldBySales } from './map-sales.ts';
import { Account, AccountHistory, Entitlement } from './schema.ts';
import type { Context } from './session.ts';
import { readBelow } from './soql.ts';

const ACCOUNT = ['Id', 'CreatedDate', 'SystemModstamp', 'Website', 'Type?', 'IsPartner?', 'IsDeleted'] as const;
export const ENTITLEMENT = ['Id', 'AccountId', 'SlaProcessId', 'Status', 'EndDate'] as const;

export async function selectAccounts({ session }: Context): Promise<string> {
  const { tier, contract, health, churned, expanded, codes } = await session.accountFields();
  const own = [...new Set([tier, ...contract, health, ...churned, ...expanded, ...codes])].flatMap(
    (name) => name ?? [],
  );
  // Names from the settings are asked for even where the object could not be described.
  const known = await session.fieldsOf('Account');
  return session.select('Account', [...ACCOUNT, ...own.map((name) => (known === null ? name : `${name}?`))]);
}

/** Organisations of some accounts, with the entitlements and opportunities that they have. */
export async function toOrganisations(rows: readonly Account[], context: Context, feed: string): Promise<Mapped> {
  const fields = await context.session.accountFields();
  const found = await readEntitlements(rows, context, feed);
  const ids = rows.map((row) => row.Id);
  const sales = await readToldBySales(ids, context, feed);
  const health = await readHealthChanges(rows, fields.health, context, feed);
  const { session } = context;
  const seesFields = await session.describes('Account');
  const isWhole = seesFields && (await session.shown('Entitlement')) !== 'refused';
  const byAccount = groupBy(found?.kept ?? [], (one) => one.AccountId);
  const organisation = rows
    .filter((row) => row.IsDeleted !== true)
    .map((row) => ({
      ...toOrganisation(
        row,
        fields,
        { entitlements: found === null ? null : (byAccount.get(row.Id) ?? []), sales: sales.of(row.Id) },
        { isWhole, seesFields },
        context,
      ),
      health_changed_at: health.changedAt.get(row.Id) ?? null,
    }));
  return { organisation, rejected: [...(found?.rejected ?? []), ...sales.rejected, ...health.rejected] };
}

/** When the health of an account was last changed, where the org keeps changes of that field. */
async function readHealthChanges(rows: readonly Account[], field: string | null, context: Context, feed: string) {
  const changedAt = new Map<string, Date>();
  if (!(await keepsHealth(context))) return { changedAt, rejected: [] };
  const ids = rows.map((row) => row.Id);
  const { kept, rejected } = await readBelow(context, feed, ids, {
    ...{ select: 'Id, AccountId, CreatedDate', from: 'AccountHistory', of: 'AccountId' },
    where: `Field = '${field}'`,
    rows: AccountHistory,
  });
  for (const { AccountId: id, CreatedDate: at } of kept)
    if (at.getTime() > (changedAt.get(id)?.getTime() ?? Number.NEGATIVE_INFINITY)) changedAt.set(id, at);
  return { changedAt, rejected };
}

export async function keepsHealth({ session }: Context): Promise<boolean> {
  const { health } = await session.accountFields();
  if (health === null || (await session.tracked('Account'))?.has(health) !== true) return false;
  return (await session.shown('AccountHistory')) === 'yes';
}

/** Null where the org has none, or does not show them. */
async function readEntitlements(rows: readonly Account[], context: Context, feed: string) {
  if ((await context.session.shown('Entitlement')) !== 'yes') return null;
  const select = await context.session.select('Entitlement', ENTITLEMENT);
  const ids = rows.map((row) => row.Id);
  return readBelow(context, feed, ids, { select, from: 'Entitlement', of: 'AccountId', rows: Entitlement });
}

/** Accounts by their ids, as the feed of accounts gives them: what belongs to them has changed. */
export async function readAccounts(context: Context, ids: readonly string[], feed: string): Promise<Mapped> {
  const { kept, rejected } = await readBelow(context, feed, ids, {
    select: await selectAccounts(context),
    from: 'Account',
    of: 'Id',
    rows: Account,
  });
  const mapped = await toOrganisations(kept, context, feed);
  return { ...mapped, rejected: [...rejected, ...(mapped.rejected ?? [])] };
}

/** Whether the fields of accounts may be looked up, and entitlements as well. */
interface Sight {
  readonly seesFields: boolean;
  readonly isWhole: boolean;
}

/** What stands beside an account; null = it is not shown. */
interface Beside {
  readonly entitlements: readonly Entitlement[] | null;
  readonly sales: ToldBySales | null;
}

function toOrganisation(
  row: Account,
  fields: AccountFields,
  { entitlements, sales }: Beside,
  sight: Sight,
  context: Context,
): TelemetryRecord<'organisation'> {
  const active = entitlements?.filter((one) => /^active$/i.test(one.Status ?? '')) ?? null;
  const codes = fields.codes.flatMap((name) => {
    const value = textOf(row[name]);
    return value === null ? [] : [`org:${name}=${value}`];
  });
  const processes = (active ?? []).flatMap(({ SlaProcessId: id }) => (id === null ? [] : [`org:SlaProcess=${id}`]));
  const contract = [
    ...(fields.contract.length === 0 ? [] : [fields.contract.some((name) => isFilled(row[name]))]),
    ...(active === null ? [] : [active.length > 0]),
  ];
  return organisationRecord(
    {
      id: row.Id,
      created_at: row.CreatedDate,
      tier: fields.tier === null ? null : textOf(row[fields.tier]),
      terms: sight.isWhole ? [...codes, ...processes] : null,
      partner: isPartner(row),
      domain: domainOf(row.Website),
      has_contract: contract.length === 0 ? null : contract.includes(true),
      has_health: fields.health === null ? null : textOf(row[fields.health]) !== null,
      health_rank:
        fields.health === null || fields.healthReading === null
          ? null
          : healthRank(row[fields.health], fields.healthReading.title, fields.healthReading.scale),
      value_band: highestBand(fields.value.map((name) => numberOf(row[name]))),
      ...datesOf(row, fields, active, sales, sight),
    },
    context,
  );
}

/** What the account itself says stands; what it leaves open is told by its entitlement, then by its sales, where what goes before them may be seen. */
function datesOf(
  row: Account,
  fields: AccountFields,
  active: readonly Entitlement[] | null,
  sales: ToldBySales | null,
  { isWhole, seesFields }: Sight,
): ToldBySales {
  const days = (names: readonly string[]) => names.flatMap((name) => dayOf(row[name]) ?? []);
  const ends = seesFields ? (active ?? []).flatMap(({ EndDate }) => dayOf(EndDate) ?? []) : [];
  const told = seesFields ? sales : null;
  return {
    renews_at: days(fields.renewal)[0] ?? latest(ends) ?? (isWhole ? (told?.renews_at ?? null) : null),
    churned_at: latest(days(fields.churned)) ?? told?.churned_at ?? null,
    expanded_at: latest(days(fields.expanded)) ?? told?.expanded_at ?? null,
  };
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Partners have portal access of their own, or a type that says so. */
function isPartner({ IsPartner, Type }: Account): boolean | null {
  if (IsPartner === null && Type === null) return null;
  return IsPartner === true || /partner|reseller/i.test(Type ?? '');
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A box that is not ticked and a value that denies it are none. */
function isFilled(value: unknown): boolean {
  return value !== false && value !== 0 && textOf(value) !== null && !deniesAll(textOf(value));
}

/** `https://www.acme.com/de` and `acme.com` are the domain `acme.com`. */
function domainOf(website: string | null): string | null {
  if (website === null) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(website.trim()) ? website.trim() : `https://${website.trim()}`;
  if (!URL.canParse(address)) return null;
  const host = new URL(address).hostname.toLowerCase().replace(/^www\./, '');
  return host.includes('.') ? host : null;
}
