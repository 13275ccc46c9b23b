import type { EconomicEdit } from '../../domain/economic-edit.ts';
import type { Range } from '../../domain/range.ts';
import type { EconomicInput, ValueModel } from '../../domain/value-model.ts';
import type { EconomicFigure, EconomicOutcome, ValueVerdict } from '../../domain/value-verdict.ts';
import { exactly, multiply, subtract } from './interval.ts';

/** What the desk itself gives to the calculator, scaled to a year. */
interface YearOfDesk {
  readonly freedHours: Range | null;
  readonly redistributedContacts: Range | null;
}

type Values = ReadonlyMap<string, Range>;

interface Outcome {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly formula: string;
  readonly needs: readonly string[];
  /** Ranges in the order of `needs`. */
  readonly work: (...parts: Range[]) => Range;
}

const ONE = exactly(1);

/** Inputs that come from the desk and not from the model. */
const OF_THE_DESK = { freedHours: 'freed-hours', redistributedContacts: 'redistributed-contacts' } as const;

const OUTCOMES: readonly Outcome[] = [
  {
    id: 'revenue-of-existing-customers',
    name: 'Revenue from customers you have',
    unit: 'money a year',
    formula: 'revenue x share of revenue from existing customers',
    needs: ['revenue', 'share-of-existing-customers'],
    work: (revenue, share) => multiply(revenue as Range, share as Range),
  },
  {
    id: 'revenue-at-risk',
    name: 'Revenue that leaves in a year',
    unit: 'money a year',
    formula: 'revenue x share of revenue from existing customers x (1 - retention)',
    needs: ['revenue', 'share-of-existing-customers', 'retention'],
    work: (revenue, share, retention) =>
      multiply(multiply(revenue as Range, share as Range), subtract(ONE, retention as Range)),
  },
  {
    id: 'profit-of-five-points',
    name: 'Profit that five more points of retention bring',
    unit: 'money a year',
    formula: 'profit x gain in profit by five points of retention',
    needs: ['profit', 'profit-gain-of-five-points'],
    work: (profit, gain) => multiply(profit as Range, gain as Range),
  },
  {
    id: 'sales-to-existing-customers',
    name: 'More sold by offering to customers you have',
    unit: 'money a year',
    formula: 'offers x value of a sale x (odds with an existing customer - odds with a new one)',
    needs: ['offers', 'value-of-a-sale', 'odds-existing-customer', 'odds-new-customer'],
    work: (offers, value, existing, fresh) =>
      multiply(multiply(offers as Range, value as Range), subtract(existing as Range, fresh as Range)),
  },
  {
    id: 'influence-of-advocates',
    name: 'More won where advocates speak',
    unit: 'money a year',
    formula: 'revenue that recommendations bring x added influence of advocates',
    needs: ['revenue-by-recommendation', 'influence-of-an-advocate'],
    work: (revenue, influence) => multiply(revenue as Range, influence as Range),
  },
  {
    id: 'worth-of-freed-hours',
    name: 'Worth of the hours that the levers free',
    unit: 'money a year',
    formula: 'freed hours x cost of an hour',
    needs: [OF_THE_DESK.freedHours, 'cost-of-an-hour'],
    work: (hours, cost) => multiply(hours as Range, cost as Range),
  },
  {
    id: 'saved-by-self-service',
    name: 'Cheaper contacts by self-service',
    unit: 'money a year',
    formula: 'redistributed contacts x (cost of a live contact - cost of a self-service contact)',
    needs: [OF_THE_DESK.redistributedContacts, 'cost-live-contact', 'cost-self-service-contact'],
    work: (contacts, live, self) => multiply(contacts as Range, subtract(live as Range, self as Range)),
  },
];

/** Ids of the model's inputs that the calculator works with. */
export const INPUTS_IN_USE: ReadonlySet<string> = new Set(
  OUTCOMES.flatMap(({ needs }) => needs).filter((id) => !Object.values<string>(OF_THE_DESK).includes(id)),
);

function figureOf(input: EconomicInput, edit: EconomicEdit | undefined): EconomicFigure {
  const { id, name, unit } = input;
  const { low, high, source, year } = edit ?? input;
  return {
    id,
    name,
    unit,
    range: low === undefined || high === undefined ? null : { low, high },
    source,
    year,
    cited: input.cited ?? null,
    edited: edit !== undefined,
  };
}

function workOut(outcome: Outcome, values: Values): EconomicOutcome {
  const parts = outcome.needs.flatMap((id) => {
    const range = values.get(id);
    return range === undefined ? [] : [range];
  });
  const { id, name, unit, formula } = outcome;
  const missing = outcome.needs.filter((need) => !values.has(need));
  return { id, name, unit, formula, missing, range: missing.length > 0 ? null : outcome.work(...parts) };
}

/** Inputs as they stand after the user's edits, and what follows from them; ranges throughout. What has no input is null with the names of what is missing. */
export function workOutEconomics(
  model: Pick<ValueModel, 'economics'>,
  edits: Readonly<Record<string, EconomicEdit>>,
  desk: YearOfDesk,
): ValueVerdict['economics'] {
  const inputs = model.economics.map((input) => figureOf(input, edits[input.id]));
  const values = new Map(inputs.flatMap(({ id, range }) => (range === null ? [] : [[id, range] as const])));
  for (const key of ['freedHours', 'redistributedContacts'] as const) {
    const range = desk[key];
    if (range !== null) values.set(OF_THE_DESK[key], range);
  }
  return { inputs, outcomes: OUTCOMES.map((outcome) => workOut(outcome, values)) };
}
