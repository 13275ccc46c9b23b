import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { valueBand } from '../../src/kit/recognise-customer.ts';
import { tierRank } from '../../src/kit/recognise-tier.ts';
import type { Context } from './account.ts';
import type { CompanyFields, CompanyRole } from './fields.ts';
import { type CrmObject, When } from './schema.ts';

/** A customer by codes, bands and yes or no: amounts, dates and names are not kept. `isShown` = the properties that people made are. */
export function toOrganisation(
  row: CrmObject,
  fields: CompanyFields,
  isShown: boolean,
  context: Context,
): TelemetryRecord<'organisation'> {
  const { properties: has } = row;
  const created = When.safeParse(has.createdate);
  const tier = fields.tier === null ? null : (has[fields.tier] ?? null);
  const codes = fields.codes.flatMap((name) => (has[name] === undefined ? [] : [`org:${name}=${has[name]}`]));
  const bands = (fields.by.get('value') ?? []).flatMap((name) => {
    const band = valueBand(has[name] === undefined ? null : Number(has[name]));
    return band === null ? [] : [`org:${name}=${band}`];
  });
  return {
    ...blank('organisation'),
    id: row.id,
    created_at: created.success ? created.data : row.createdAt,
    tier,
    tier_rank: tierRank(tier, context.settings.tierOrder),
    terms: isShown ? [...new Set([...codes, ...bands])].sort() : null,
    partner: has.type === undefined ? null : /partner|reseller/i.test(has.type),
    domain_hash: has.domain === undefined ? null : context.pseudonymise('domain', has.domain.toLowerCase()),
    has_contract: isFilled(row, ['renewal', 'value'], fields),
    has_health: isFilled(row, ['health'], fields),
    health_changed_at: changedAt(row, fields.by.get('health') ?? []),
  };
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

/** Newest change of one of the values; one that was set anew to what it was is none. */
function changedAt({ propertiesWithHistory }: CrmObject, names: readonly string[]): Date | null {
  const times = names.flatMap((name) => {
    const versions = (propertiesWithHistory[name] ?? []).toSorted(
      (a, b) => a.timestamp.getTime() - b.timestamp.getTime(),
    );
    return versions.filter((one, i) => one.value !== (versions[i - 1]?.value ?? null)).map((one) => one.timestamp);
  });
  return times.length === 0 ? null : new Date(Math.max(...times.map((at) => at.getTime())));
}
