import type { SetAside } from '../../src/domain/observability.ts';
import { readSales, type ToldBySales } from '../../src/kit/recognise-sale.ts';
import type { Context } from './account.ts';
import { CRM, inputsOf, primaryOf, readAssociated, readBatch } from './calls.ts';
import { companyFields } from './fields.ts';
import { toOrganisation } from './map-company.ts';
import { CrmObject } from './schema.ts';

export async function companyFieldsOf({ session, settings }: Context) {
  return companyFields(settings, (await session.companyProperties()) ?? []);
}

/** Organisations of some companies, with the history of their values and with their deals. */
export async function toOrganisations(
  rows: readonly CrmObject[],
  context: Context,
  feed: string,
  seesHistory: boolean,
) {
  const known = await companyFieldsOf(context);
  const isShown = (await context.session.companyProperties()) !== null;
  const past = [...(known.by.get('health') ?? []), ...(known.by.get('value') ?? [])];
  const call = {
    path: `${CRM}/companies/batch/read`,
    inputs: past.length === 0 || !seesHistory ? [] : inputsOf(rows),
    more: { properties: [], propertiesWithHistory: past },
  };
  // A search shows no history.
  const read = await readBatch(context, call, 50, CrmObject, feed);
  const histories = new Map(read.kept.map((row) => [row.id, row.propertiesWithHistory]));
  const sales = await readToldBySales(rows, context, feed);
  return {
    organisation: rows.map((row) =>
      toOrganisation(
        { ...row, propertiesWithHistory: histories.get(row.id) ?? {} },
        known,
        { isShown, seesHistory, sales: sales.of(row.id) },
        context,
      ),
    ),
    rejected: [...read.rejected, ...sales.rejected],
  };
}

interface Told {
  readonly of: (company: string) => ToldBySales | null;
  readonly rejected: readonly SetAside[];
}

/** What deals tell of the companies whose they are: of several companies of a deal that is the primary one, as others sell or help. */
async function readToldBySales(rows: readonly CrmObject[], context: Context, feed: string): Promise<Told> {
  const fields = await context.session.deals();
  if (fields === null || (!fields.telling.renewals && !fields.telling.growth)) return { of: () => null, rejected: [] };
  const ids = rows.map(({ id }) => id);
  const found = await readAssociated(context, 'companies', 'deals', ids, feed);
  const dealIds = [...new Set(ids.flatMap((id) => found.of(id).map(({ toObjectId }) => toObjectId)))];
  const owners = await readAssociated(context, 'deals', 'companies', dealIds, feed);
  const inputs = dealIds.map((id) => ({ id }));
  const call = { path: `${CRM}/deals/batch/read`, inputs, more: { properties: fields.names } };
  const read = await readBatch(context, call, 100, CrmObject, feed);
  const deals = new Map(read.kept.map((deal) => [deal.id, deal]));
  return {
    of: (company) => {
      const own = found.of(company).flatMap(({ toObjectId }) => deals.get(toObjectId) ?? []);
      const sold = own.filter((deal) => primaryOf('deals', owners.of(deal.id)) === company);
      return readSales(
        sold.flatMap((deal) => fields.toSale(deal) ?? []),
        fields.telling,
      );
    },
    rejected: [...found.rejected, ...owners.rejected, ...read.rejected],
  };
}
