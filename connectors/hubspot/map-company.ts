import { latest } from '../../src/domain/latest.ts';
import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { dayOf, instantOf } from '../../src/kit/instants.ts';
import { healthRank, highestBand, valueBand } from '../../src/kit/recognise-customer.ts';
import type { ToldBySales } from '../../src/kit/recognise-sale.ts';
import { toOrganisation as organisationRecord } from '../../src/kit/records/organisations.ts';
import type { Context } from './account.ts';
import type { CompanyFields, CompanyRole } from './fields.ts';
import { type CrmObject, type Version, versionsOf } from './schema.ts';

/** What is known beside a company. */
interface Beside {
  /** Whether the properties that people made are shown, and the history of values. */
  readonly isShown: boolean;
  readonly seesHistory: boolean;
  /** Null = deals are not shown. */
  readonly sales: ToldBySales | null;
}

/** A customer by codes, bands, days and yes or no: amounts and names are not kept. */
export function toOrganisation(
  row: CrmObject,
  fields: CompanyFields,
  beside: Beside,
  context: Context,
): TelemetryRecord<'organisation'> {
  const { properties: has } = row;
  const codes = fields.codes.flatMap((name) => (has[name] === undefined ? [] : [`org:${name}=${has[name]}`]));
  const named = (role: CompanyRole) => fields.by.get(role) ?? [];
  const amounts = named('value').map((name) => ({ name, amount: has[name] === undefined ? null : Number(has[name]) }));
  const bands = amounts.flatMap(({ name, amount }) => {
    const band = valueBand(amount);
    return band === null ? [] : [`org:${name}=${band}`];
  });
  return organisationRecord(
    {
      id: row.id,
      created_at: instantOf(has.createdate) ?? row.createdAt,
      tier: fields.tier === null ? null : (has[fields.tier] ?? null),
      terms: beside.isShown ? [...codes, ...bands] : null,
      partner: has.type === undefined ? null : /partner|reseller/i.test(has.type),
      domain: has.domain,
      has_contract: isFilled(row, ['renewal', 'value'], fields),
      has_health: isFilled(row, ['health'], fields),
      health_changed_at: changedAt(row, named('health')),
      health_rank:
        [...fields.healthReadings].flatMap(
          ([name, { title, scale }]) => healthRank(has[name], title, scale) ?? [],
        )[0] ?? null,
      value_band: highestBand(amounts.map(({ amount }) => amount)),
      ...datesOf(row, fields, beside),
    },
    context,
  );
}

/** What the company itself says stands; what it leaves open is told by its deals, where what goes before them may be seen. */
function datesOf(row: CrmObject, { by }: CompanyFields, { isShown, seesHistory, sales }: Beside): ToldBySales {
  const named = (role: CompanyRole) => by.get(role) ?? [];
  const days = (role: CompanyRole) => named(role).flatMap((name) => dayOf(row.properties[name]) ?? []);
  const rises = named('value').flatMap((name) => risesOf(row, name));
  const told = isShown ? sales : null;
  const isRead = named('value').every((name) => row.propertiesWithHistory[name] !== null);
  const grown = (seesHistory && isRead) || named('value').length === 0 ? (told?.expanded_at ?? null) : null;
  return {
    renews_at: days('renewal')[0] ?? told?.renews_at ?? null,
    churned_at: latest(days('churned')) ?? told?.churned_at ?? null,
    expanded_at: latest([...days('expanded'), ...rises]) ?? grown,
  };
}

/** When an amount became greater than it was; the first amount is the contract itself. */
function risesOf(row: CrmObject, name: string): Date[] {
  const versions = versionsOf(row, name);
  return versions.filter((one, i) => Number(one.value) > Number(versions[i - 1]?.value || Number.NaN)).map(timeOf);
}

/** An empty property says no only where people of the account made it for this: the vendor's own ones stand empty in accounts that never used them. */
function isFilled(
  { properties }: CrmObject,
  roles: readonly CompanyRole[],
  { by, kept }: CompanyFields,
): boolean | null {
  const names = roles.flatMap((role) => by.get(role) ?? []);
  if (names.some((name) => properties[name] !== undefined)) return true;
  return roles.some((role) => kept.has(role)) ? false : null;
}

const timeOf = ({ timestamp }: Version): Date => timestamp;

/** Newest change of one of the values; one that was set anew to what it was is none. */
function changedAt(row: CrmObject, names: readonly string[]): Date | null {
  return latest(
    names.flatMap((name) => {
      const versions = versionsOf(row, name);
      return versions.filter((one, i) => one.value !== (versions[i - 1]?.value ?? null)).map(timeOf);
    }),
  );
}
