import { dayOf } from '../../src/kit/instants.ts';
import { type Sale, type SalesTelling, saleKindOf, saleWords } from '../../src/kit/recognise-sale.ts';
import type { CrmObject, Pipeline, Property } from './schema.ts';
import type { Settings } from './settings.ts';

/** How the deals of an account are told apart. */
export interface DealFields {
  readonly names: readonly string[];
  readonly telling: SalesTelling;
  /** Null for one of which nobody knows whether it is closed. */
  toSale(deal: CrmObject): Sale | null;
}

type Stage = Pipeline['stages'][number];

/** By the deal type (or the property that settings name) and by names of pipelines; whether a deal is won or lost is told by its stage. */
export function dealFields(
  pipelines: readonly Pipeline[],
  properties: readonly Property[],
  { dealFields: named }: Settings,
): DealFields {
  const name = named.kind ?? 'dealtype';
  const property = properties.find((one) => one.name === name);
  const byPipeline = new Map(pipelines.map(({ id, label }) => [id, saleKindOf(label)]));
  const states = new Map(
    pipelines.flatMap(({ id, stages }) => stages.map((stage) => [`${id} ${stage.id}`, stateOf(stage)] as const)),
  );
  const isNamed = property !== undefined && named.kind !== undefined;
  const { telling, kindOf } = saleWords(property?.options ?? [], isNamed, [...byPipeline.values()]);
  return {
    names: ['closedate', 'dealstage', 'pipeline', name],
    telling,
    toSale({ properties: has }) {
      const state = states.get(`${has.pipeline} ${has.dealstage}`) ?? null;
      const kind = kindOf(has[name] ?? null, byPipeline.get(has.pipeline ?? '') ?? null);
      return state === null ? null : { kind, state, closes: closeOf(has.closedate) };
    },
  };
}

/** The vendor gives closed won a probability of 1 and closed lost one of 0; accounts rename stages and keep their ids. */
function stateOf({ metadata }: Stage): Sale['state'] | null {
  const closed = metadata?.isClosed ?? null;
  const probability = Number(metadata?.probability ?? Number.NaN);
  if (Number.isNaN(probability)) return null;
  if (/^false$/i.test(closed ?? '') || (probability > 0 && probability < 1)) return 'open';
  return probability === 1 ? 'won' : probability === 0 ? 'lost' : null;
}

/** As text of an instant, or of its milliseconds. */
function closeOf(value: string | undefined): Date | null {
  return dayOf(value);
}
