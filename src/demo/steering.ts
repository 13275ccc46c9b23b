import type { Subject } from './kinds.ts';
import type { Practices } from './practices.ts';
import { is } from './rule-source.ts';
import { findRule, noteUse, type Run } from './ticket-log.ts';
import { isTop, selectTier } from './tiers.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { FieldIds, RuleCondition, SimTicket, World } from './world.ts';

interface Source {
  readonly practices: Practices;
  readonly words: Vocabulary;
  readonly fields: FieldIds;
}

/** Conditions on a dropdown of the organisation hold the id of the option; 0 = the best health. */
export function healthOptionId(grade: number): number {
  return 7_376_695_640_003 + grade;
}

/** The condition by which a rule or view of this desk looks at a subject, as the vendor writes it; empty where nothing shows it. */
export function lookAt(subject: Subject, { practices, words, fields }: Source): RuleCondition[] {
  const account = words.accountFields;
  const field = (key: string, operator: string, value: string): RuleCondition[] => [
    { field: `organization.custom_fields.${key}`, operator, value },
  ];
  const [topic] = practices.topics;
  const top = practices.customers.tiers.at(-1);
  switch (subject) {
    case 'tier':
      return top === undefined ? [] : selectTier(practices, words, fields, top.name);
    case 'product':
      return topic === undefined ? [] : [is(`custom_fields_${fields.product}`, topic.product)];
    case 'severity':
      return [is(`custom_fields_${fields.severity}`, words.fields.severityOptions.urgent)];
    case 'account':
      return [{ field: 'organization_id', operator: 'is_not', value: '' }];
    case 'renewal':
      return field(account.renewal_date.key, 'within_next_n_days', '90');
    case 'health':
      return field(account.health.key, 'is', String(healthOptionId(2)));
    case 'owner':
      return field(account.owner.key, 'present', '');
  }
}

/** By what a view of this subject is grouped, as the vendor writes it; null = it is only a selection. */
export function groupBy(subject: Subject, { fields }: Source): string | null {
  if (subject === 'account') return 'organization';
  if (subject === 'product') return `custom_fields_${fields.product}`;
  if (subject === 'severity') return `custom_fields_${fields.severity}`;
  return null;
}

/** Rules that look at a subject fire on the tickets that they are meant for. */
export function fireWatches(run: Run, ticket: SimTicket): void {
  for (const subject of run.world.practices.steering?.rules ?? []) {
    const rule = findRule(run.world, `watch-${subject}`);
    if (rule !== null && isMeant(run.world, subject, ticket)) noteUse(rule, run.agenda.now());
  }
}

const NINETY_DAYS_S = 90 * 86_400;

function isMeant(world: World, subject: Subject, ticket: SimTicket): boolean {
  const { fields, practices, words } = world;
  const account = ticket.requester.organisation;
  switch (subject) {
    case 'tier':
      return isTop(practices, account);
    case 'product':
      return ticket.fields.get(fields.product) === practices.topics[0]?.product;
    case 'severity':
      return ticket.fields.get(fields.severity) === words.fields.severityOptions.urgent;
    case 'account':
      return account !== null;
    case 'renewal': {
      const left = account?.renewalDate == null ? -1 : Date.parse(account.renewalDate) / 1000 - ticket.createdAt;
      return left >= 0 && left <= NINETY_DAYS_S;
    }
    case 'health':
      return account?.health === words.health[2];
    case 'owner':
      return account !== null && account.owner !== null;
  }
}
