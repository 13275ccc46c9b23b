import type { Finding } from '../../domain/finding.ts';
import type { ItemAnswer } from '../../domain/item-answer.ts';
import type { Range } from '../../domain/range.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { MINUTES_OF_A_CONTACT, type ValueModel } from '../../domain/value-model.ts';
import type { LeverReading, ValueVerdict } from '../../domain/value-verdict.ts';
import { type ItemVoices, itemAnswersInForce } from '../item-answers.ts';
import type { Exchange } from '../method.ts';
import { poolOf } from '../yes-no.ts';
import { workOutEconomics } from './economics.ts';
import { exactly, multiply } from './interval.ts';
import { mixContacts } from './mix-contacts.ts';
import { nameGap } from './name-gap.ts';
import { proposeMapping } from './propose-mapping.ts';
import { pullLevers } from './pull-levers.ts';
import { readSide, type ValueContext } from './read-side.ts';
import { walkPath } from './walk-path.ts';

const DAYS_PER_YEAR = 365;

export interface ValueInput extends Exchange {
  readonly model: ValueModel;
  readonly signals: Iterable<SignalDefinition>;
  readonly findings: Iterable<Finding>;
  readonly answers: Iterable<ItemAnswer>;
  readonly asOf: Date;
}

function ofAYear(levers: readonly LeverReading[], windowDays: number) {
  const scale = exactly(DAYS_PER_YEAR / windowDays);
  const yearly = (range: Range | null) => (range === null ? null : multiply(range, scale));
  return {
    freedHours: yearly(levers.find(({ id }) => id === 'restructure')?.puts_to_use ?? null),
    redistributedContacts: yearly(levers.find(({ id }) => id === 'redistribute')?.volume ?? null),
  };
}

function minutesOf({ model, edits }: ValueInput): Range | null {
  const edit = edits[MINUTES_OF_A_CONTACT];
  if (edit !== undefined) return { low: edit.low, high: edit.high };
  const input = model.economics.find(({ id }) => id === MINUTES_OF_A_CONTACT);
  return input?.low === undefined || input.high === undefined ? null : { low: input.low, high: input.high };
}

function itemsOf(model: ValueModel): ReadonlySet<string> {
  return new Set([
    ...model.pairs.flatMap(({ customer, company }) => [customer.id, company.id]),
    ...model.gap.reasons.flatMap(({ questions }) => questions.map(({ id }) => id)),
    ...model.path.flatMap(({ checks }) => checks.map(({ id }) => id)),
  ]);
}

function countRespondents(voices: ItemVoices, items: ReadonlySet<string>): number {
  const people = [...voices].filter(([item]) => items.has(item)).flatMap(([, list]) => list.map((v) => v.respondent));
  return new Set(people).size;
}

/**
 * Verdict of a model of kind `value`. Pure: the same input gives the same bytes, in whatever order findings, answers, contacts and rules come.
 * A side of a pair is shown, not shown, or cannot be read; what is freed and earned comes as ranges and never as one number; what nobody has
 * given is null. Errors: BUG when a signal that the model names did not report, or gives no probability at its gate.
 */
export function judgeValue(input: ValueInput): ValueVerdict {
  const { model, asOf, mapping } = input;
  const groups = input.contacts?.groups ?? [];
  const voices = itemAnswersInForce(model.id, input.answers, asOf);
  const contacts = input.contacts === null ? null : mixContacts(groups, mapping);
  const context: ValueContext = { model, pool: poolOf(input.signals, input.findings), voices, contacts, asOf };
  const pairs = model.pairs.map(({ id, customer, company, action }) => ({
    id,
    customer: readSide(id, customer, context),
    company: readSide(id, company, context),
    action,
  }));
  const sides = pairs.flatMap(({ customer, company }) => [customer, company]);
  const levers = pullLevers(model, contacts?.mix ?? null, minutesOf(input));
  const path = walkPath(model, context);
  return {
    pairs,
    overall: {
      exchanged: pairs.filter((pair) => pair.customer.evidence === 'shown' && pair.company.evidence === 'shown').length,
      of: pairs.length,
      readable: sides.filter(({ evidence }) => evidence !== 'cannot_be_read').length / sides.length,
    },
    mix: contacts?.mix ?? null,
    proposals: proposeMapping(groups, mapping, model.proposal),
    levers,
    economics: workOutEconomics(model, input.edits, ofAYear(levers, input.contacts?.windowDays ?? DAYS_PER_YEAR)),
    gap: nameGap(model.gap, voices),
    path,
    next_step: path.find(({ state }) => state !== 'done')?.id ?? null,
    respondents: countRespondents(voices, itemsOf(model)),
  };
}
