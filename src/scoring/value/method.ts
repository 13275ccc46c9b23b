import type { ModelItem } from '../../domain/model.ts';
import { ValueModel } from '../../domain/value-model.ts';
import { type SideReading, ValueVerdict } from '../../domain/value-verdict.ts';
import type { Headline, ItemVerdict, Judged } from '../../domain/verdict.ts';
import { headlineStatus } from '../headline-status.ts';
import { toItemAnswer } from '../item-answers.ts';
import type { Exchange, JudgeInput, Method } from '../method.ts';
import { judgeValue } from './judge-value.ts';
import { lintValueModel } from './lint-value-model.ts';

/** Both sides of every pair, then the questions about the gap, then what the path asks. */
function itemsOfValue(model: ValueModel): ModelItem[] {
  const asked = (id: string, statement: string, ask: string[], signals: string[] = []): ModelItem => ({
    id,
    name: statement,
    statement,
    scale: 'yes_no',
    signals,
    ask,
    proof: null,
    levels: null,
    set: null,
  });
  return [
    ...model.pairs
      .flatMap(({ customer, company }) => [customer, company])
      .map((side) => ({
        ...asked(
          side.id,
          side.statement,
          side.ask,
          side.signals.map(({ id }) => id),
        ),
        name: side.name,
        proof: side.proof,
      })),
    ...model.gap.reasons.flatMap(({ questions }) => questions.map(({ id, question, ask }) => asked(id, question, ask))),
    ...model.path.flatMap(({ checks }) =>
      checks.map(({ id, text, ask, seen_by }) =>
        asked(id, text, ask, seen_by === undefined || seen_by === 'contact_mix' ? [] : [seen_by.id]),
      ),
    ),
  ];
}

function headlineOf({ overall, respondents }: ValueVerdict): Headline {
  const { exchanged, of, readable } = overall;
  const value = readable > 0 ? exchanged : null;
  return {
    value,
    label: value === null ? 'not placed' : `${exchanged} of ${of} pairs exchanged`,
    of,
    assured: null,
    status: headlineStatus(value, readable, respondents),
    coverage: readable,
  };
}

/** What records show decides; what people say stands beside it and is never mixed in. */
function itemVerdict({ id, name, evidence, said }: SideReading): ItemVerdict {
  const seen = evidence !== 'cannot_be_read';
  return {
    id,
    name,
    degree: seen ? (evidence === 'shown' ? 1 : 0) : said,
    label: seen ? evidence.replace('_', ' ') : said === null ? null : `${Math.round(said * 100)} % say yes`,
    decided_by: seen ? 'telemetry' : said === null ? 'none' : 'answers',
    not_applicable: false,
  };
}

const NOTHING_COUNTED: Exchange = { contacts: null, mapping: [], edits: {} };

function judge(input: JudgeInput<ValueModel>): Judged<ValueVerdict> {
  const answers = input.answers.map(toItemAnswer);
  const { contacts, mapping, edits } = input.exchange ?? NOTHING_COUNTED;
  const body = judgeValue({ ...input, answers, contacts, mapping, edits });
  return {
    headline: headlineOf(body),
    items: body.pairs.flatMap(({ customer, company }) => [customer, company]).map(itemVerdict),
    ledger: [],
    body,
  };
}

/** Models of what customer and company give each other. Where no contacts are handed in their mix is null. */
export const valueMethod: Method<ValueModel, ValueVerdict> = {
  schema: ValueModel,
  body: ValueVerdict,
  lint: lintValueModel,
  items: itemsOfValue,
  judge,
};
