import type { SetAside } from '../../src/domain/observability.ts';
import { readSales, type ToldBySales } from '../../src/kit/recognise-sale.ts';
import type { Context } from './account.ts';
import { CRM, inputsOf, primaryOf, readAssociated, readBatch, readConnected } from './calls.ts';
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
  const call = { from: 'companies', to: 'deals', ids: rows.map(({ id }) => id) };
  const deals = await readConnected(context, call, fields.names, feed);
  const owners = await readAssociated(context, 'deals', 'companies', deals.ids, feed);
  return {
    of: (company) => {
      const sold = deals.of(company).filter((deal) => primaryOf('deals', owners.of(deal.id)) === company);
      return readSales(
        sold.flatMap((deal) => fields.toSale(deal) ?? []),
        fields.telling,
      );
    },
    rejected: [...deals.rejected, ...owners.rejected],
  };
}
