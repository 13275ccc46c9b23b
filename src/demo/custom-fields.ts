import { PRIORITIES } from './practices.ts';
import { showsTier } from './tiers.ts';
import type { World } from './world.ts';

/** A field that the desk made for its tickets. */
interface CustomField {
  readonly id: number;
  readonly type: 'tagger' | 'checkbox';
  readonly title: string;
  readonly options: readonly string[];
  /** An agent cannot solve without it. */
  readonly required: boolean;
  /** A customer cannot send the form without it. */
  readonly asked: boolean;
}

/** The fields that the desk made, in the order of its screens; none where it made none. */
export function listCustomFields(world: World): CustomField[] {
  const { practices, fields } = world;
  const { topics, intake, priorities, customers, causes, closing } = practices;
  const words = world.words.fields;
  const { escalation } = world.words;
  const isRequired = (name: 'product' | 'topic' | 'severity' | 'cause', before: boolean): boolean =>
    closing.required === undefined ? before : closing.required.includes(name);
  const tagger = (
    id: number,
    title: string,
    options: readonly string[],
    required = false,
    asked = false,
  ): CustomField => ({ id, type: 'tagger', title, options: [...new Set(options)], required, asked });
  /** What only whoever solves the case can know is never asked of the customer. */
  const askedFor = (name: 'product' | 'topic' | 'severity'): readonly [required: boolean, asked: boolean] => {
    const required = isRequired(name, true);
    return [required, intake.asked?.includes(name) ?? required];
  };
  const products = topics.map((topic) => topic.product);
  const keys = topics.map((topic) => topic.key);
  const severities = PRIORITIES.map((priority) => words.severityOptions[priority]);
  return [
    ...(intake.form
      ? [
          tagger(fields.product, words.product, products, ...askedFor('product')),
          tagger(fields.topic, words.topic, keys, ...askedFor('topic')),
        ]
      : []),
    ...(intake.form && (priorities.setBy === 'severity' || priorities.severityAsked === true)
      ? [tagger(fields.severity, words.severity, severities, ...askedFor('severity'))]
      : []),
    ...(intake.form ? [tagger(fields.cause, words.cause, words.causeOptions, isRequired('cause', false))] : []),
    ...(intake.form && causes?.second !== undefined
      ? [tagger(fields.secondCause, words.secondCause, words.secondCauseOptions)]
      : []),
    ...(intake.junkField === true ? [tagger(fields.junk, words.junk, words.junkOptions)] : []),
    ...(showsTier(practices, world.words, 'ticket_field')
      ? [
          tagger(
            fields.tier,
            words.tier,
            customers.tiers.map((tier) => tier.name),
          ),
        ]
      : []),
    ...(practices.escalating !== undefined && escalation.as === 'dropdown'
      ? [tagger(fields.escalation, words.escalation, escalation.options)]
      : []),
    ...(practices.escalating !== undefined && escalation.as === 'checkbox'
      ? [
          {
            id: fields.escalation,
            type: 'checkbox' as const,
            title: words.escalation,
            options: [],
            required: false,
            asked: false,
          },
        ]
      : []),
  ];
}
