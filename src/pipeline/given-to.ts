import { standingAt, throughResolutions } from '../assessment/index.ts';
import type { Answer } from '../domain/assessment.ts';
import type { ModelHead } from '../domain/model.ts';
import type { Resolution } from '../domain/resolution.ts';
import { isStaged } from '../domain/staged-model.ts';
import { PlumblineError } from '../errors/index.ts';
import { itemsOf } from '../scoring/index.ts';
import type { Ledger, Store } from '../store/ports.ts';
import { answersTo, notApplicableTo } from './answers-to.ts';
import { endOfData } from './end-of-data.ts';
import type { Given } from './judge.ts';

/**
 * The instant to judge at: the one asked for, else the end of the data, else just after the last answer to any model there is: which models
 * are switched on must not tell in a verdict. Errors: NO_DATA when there is neither, nor an answer to one of these models.
 */
export async function findInstant(
  store: Pick<Store, 'telemetry' | 'ledger'>,
  models: readonly string[],
  asked: Date | null,
): Promise<Date> {
  const end = asked ?? endOfData(await store.telemetry.observability());
  if (end !== null) return end;
  const last = new Map<string, number>();
  for (const model of await store.ledger.models())
    for (const { answered_at } of await store.ledger.answers(model))
      last.set(model, Math.max(last.get(model) ?? 0, answered_at.getTime()));
  if (models.some((model) => last.has(model))) return new Date(Math.max(...last.values()) + 1);
  throw new PlumblineError(
    'NO_DATA',
    'There is neither telemetry nor an answer to judge.',
    'Run plumbline connect and sync, plumbline import, or plumbline assess; plumbline demo makes desks to try things on.',
  );
}

/** What people gave to a model, and the resolutions that it is seen through. */
export interface GivenTo extends Omit<Given, 'signals'> {
  readonly standing: readonly Resolution[];
}

/**
 * What people gave to a model, as it counts at the instant. `open` = the instant is the end of the data: what was said since then speaks about
 * the present that the data end in. `ended` = ids of resolutions that are left out, since records have turned against them.
 */
export async function givenTo(
  ledger: Ledger,
  model: ModelHead,
  asOf: Date,
  open: boolean,
  ended: ReadonlySet<string> = new Set(),
): Promise<GivenTo> {
  const asked = { model, items: itemsOf(model) };
  const answers = await answersTo(ledger, asked);
  const declared = await notApplicableTo(ledger, asked);
  const made = isStaged(model) ? await ledger.resolutions(model.id) : [];
  const standing = standingAt(made, asOf, open).filter(({ id }) => !ended.has(id));
  const said = throughResolutions(answers, standing);
  const out = [
    ...declared.filter(({ at }) => open || at <= asOf),
    ...standing.filter(({ kind }) => kind === 'not_applicable'),
  ];
  return {
    answers: open ? said.map((answer) => notAfter(answer, asOf)) : said,
    notApplicable: Object.fromEntries(out.map(({ criterion, reason }) => [criterion, reason])),
    standing,
  };
}

function notAfter(answer: Answer, asOf: Date): Answer {
  return answer.answered_at <= asOf ? answer : { ...answer, answered_at: asOf };
}
