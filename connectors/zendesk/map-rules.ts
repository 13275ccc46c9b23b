import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { toAutomation } from '../../src/kit/rule-terms.ts';
import { readAction } from './action-terms.ts';
import { readCondition, readOrder } from './condition-terms.ts';
import type { Desk } from './field-terms.ts';
import type { Queue, Rule, View } from './schema-config.ts';

type Automation = TelemetryRecord<'automation'>;

/** A trigger, automation or macro. */
export function toRule(rule: Rule, kind: 'trigger' | 'automation' | 'macro', desk: Desk): Automation {
  return toAutomation({
    ...ownFacts(rule),
    kind,
    conditions: rule.conditions.flatMap((one) => readCondition(one, desk)),
    does: rule.actions.flatMap((one) => readAction(one, desk)),
    fired_count: rule.usage_30d === null ? null : Math.round(rule.usage_30d),
  });
}

/** What people made, and what the vendor shipped and nobody touched; somebody's own is shared with nobody. */
function ownFacts(row: Rule | View) {
  return {
    id: row.id,
    active: row.active ?? true,
    shared: row.restriction?.type !== 'User',
    vendor_default: row.default === true && isUntouched(row),
    updated_at: row.updated_at,
  };
}

/** Never edited since it was made, as far as the vendor says. */
export function isUntouched({ created_at: made, updated_at: edited }: Pick<Rule, 'created_at' | 'updated_at'>) {
  return edited === null || made === null || edited.getTime() === made.getTime();
}

/** A rule that tells the requester that the request arrived: runs on creation and notifies the requester. */
export function isAcknowledgement({ condition_terms: terms, actions }: Automation): boolean {
  return terms?.includes('created') === true && actions.includes('notify_requester');
}

export function toView(view: View, desk: Desk): Automation {
  const by = (order: string | null | undefined) => (order == null ? [] : [readOrder(order, desk)]);
  const { group_by, group, sort_by, sort } = view.execution ?? {};
  return toAutomation({
    ...ownFacts(view),
    kind: 'view',
    conditions: [
      ...view.conditions.flatMap((one) => readCondition(one, desk)),
      ...by(group_by ?? group?.id),
      // What it is sorted by parts no tickets from others: it looks at nothing.
      ...by(sort_by ?? sort?.id).map((one) => ({ ...one, word: null })),
    ],
  });
}

export function toQueue(queue: Queue, desk: Desk): Automation {
  return toAutomation({
    id: queue.id,
    kind: 'queue',
    active: true,
    conditions: queue.definition.flatMap((one) => readCondition(one, desk)),
    actions: ['set_group'],
    updated_at: queue.updated_at,
  });
}
