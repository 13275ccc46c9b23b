import type { Answer } from '../domain/assessment.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Ledger, Store } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';
import type { Given } from './judge.ts';

/**
 * The instant to judge at: the one asked for, else the end of the data, else just after the last answer to one of the models.
 * Errors: NO_DATA when there is none of them.
 */
export async function findInstant(
  store: Pick<Store, 'telemetry' | 'ledger'>,
  models: readonly string[],
  asked: Date | null,
): Promise<Date> {
  const end = asked ?? endOfData(await store.telemetry.observability());
  if (end !== null) return end;
  const last: number[] = [];
  for (const model of models)
    for (const answer of await store.ledger.answers(model)) last.push(answer.answered_at.getTime());
  if (last.length > 0) return new Date(Math.max(...last) + 1);
  throw new PlumblineError(
    'NO_DATA',
    'There is neither telemetry nor an answer to judge.',
    'Run plumbline connect and sync, plumbline import, or plumbline assess.',
  );
}

/**
 * What people gave to a model, as it counts at the instant. `open` = the instant is the end of the data: what was said since then speaks about
 * the present that the data end in.
 */
export async function givenTo(
  ledger: Ledger,
  model: string,
  asOf: Date,
  open: boolean,
): Promise<Omit<Given, 'signals'>> {
  const answers = await ledger.answers(model);
  const declared = await ledger.notApplicable(model);
  return {
    answers: open ? answers.map((answer) => notAfter(answer, asOf)) : answers,
    notApplicable: Object.fromEntries(
      declared.filter(({ at }) => open || at <= asOf).map(({ criterion, reason }) => [criterion, reason]),
    ),
  };
}

function notAfter(answer: Answer, asOf: Date): Answer {
  return answer.answered_at <= asOf ? answer : { ...answer, answered_at: asOf };
}
