import type { SetAside } from '../../src/domain/observability.ts';
import { groupBy } from '../../src/kit/group-by.ts';
import { dayOf } from '../../src/kit/instants.ts';
import { readSales, type Sale, type ToldBySales } from '../../src/kit/recognise-sale.ts';
import type { SaleFields } from './sale-fields.ts';
import { Opportunity } from './schema.ts';
import type { Context } from './session.ts';
import { readBelow } from './soql.ts';

/** What the opportunities of some accounts tell of them; none where they are not shown, or where nothing says which are renewals. */
export async function readToldBySales(
  ids: readonly string[],
  context: Context,
  feed: string,
): Promise<{ readonly of: (id: string) => ToldBySales | null; readonly rejected: readonly SetAside[] }> {
  const fields = await context.session.saleFields();
  if (fields === null) return { of: () => null, rejected: [] };
  const { kept, rejected } = await readBelow(context, feed, ids, {
    select: await context.session.select('Opportunity', ['Id', ...fields.names]),
    from: 'Opportunity',
    of: 'AccountId',
    rows: Opportunity,
  });
  const byAccount = groupBy(kept, (one) => one.AccountId);
  return {
    of: (id) =>
      readSales(
        (byAccount.get(id) ?? []).flatMap((row) => toSale(row, fields) ?? []),
        fields.telling,
      ),
    rejected,
  };
}

/** One of which it is not shown whether it is closed tells nothing. */
function toSale(row: Opportunity, fields: SaleFields): Sale | null {
  const { IsClosed: closed, IsWon: won } = row;
  if (closed === null || (closed && won === null)) return null;
  return {
    kind: fields.kindOf(row),
    state: !closed ? 'open' : won === true ? 'won' : 'lost',
    closes: dayOf(row.CloseDate),
  };
}
