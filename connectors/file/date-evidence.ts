/** What the numbers of one time column say about the order of day and month. */
export interface DateEvidence {
  readonly column: string;
  /** Values written as two small numbers and a year. */
  readonly numeric: number;
  /** Of these: first number above 12 (it can only be a day), second number above 12. */
  readonly firstOver12: number;
  readonly secondOver12: number;
}

type DateOrder = 'day_first' | 'month_first';

type OrderVerdict =
  | { readonly kind: 'settled'; readonly order: DateOrder; readonly why: string }
  | { readonly kind: 'mixed'; readonly why: string }
  | { readonly kind: 'ambiguous'; readonly why: string };

/**
 * Order of day and month of one column, from values that allow only one reading; another column of the same file may lend its
 * evidence when the column has none of its own, and the reason says so.
 * Never a guess: without such a value the verdict is `ambiguous`, with values of both kinds it is `mixed`.
 * `others` = the evidence of all time columns of the file, this one may be among them.
 */
export function settleDateOrder(own: DateEvidence, others: readonly DateEvidence[]): OrderVerdict {
  if (own.firstOver12 > 0 && own.secondOver12 > 0)
    return {
      kind: 'mixed',
      why: `in "${own.column}" ${own.firstOver12} of ${own.numeric} values have a first number above 12 and ${own.secondOver12} a second one`,
    };
  if (own.firstOver12 > 0)
    return {
      kind: 'settled',
      order: 'day_first',
      why: `${own.firstOver12} of ${own.numeric} values have a first number above 12, none a second one`,
    };
  if (own.secondOver12 > 0)
    return {
      kind: 'settled',
      order: 'month_first',
      why: `${own.secondOver12} of ${own.numeric} values have a second number above 12, none a first one`,
    };
  const lenders = others.filter((one) => one.column !== own.column && one.firstOver12 + one.secondOver12 > 0);
  const days = lenders.filter((one) => one.firstOver12 > 0);
  const months = lenders.filter((one) => one.secondOver12 > 0);
  const one = days[0] ?? months[0];
  if (one === undefined || (days.length > 0 && months.length > 0))
    return {
      kind: 'ambiguous',
      why: `none of the ${own.numeric} values of "${own.column}" has a number above 12${one === undefined ? '' : ', and other columns disagree'}`,
    };
  return {
    kind: 'settled',
    order: days.length > 0 ? 'day_first' : 'month_first',
    why: `no value of its own tells; "${one.column}" of the same file does (${Math.max(one.firstOver12, one.secondOver12)} values)`,
  };
}
