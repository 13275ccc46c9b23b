import { z } from 'zod';
import { keys } from '../../src/kit/vendor-schema.ts';
import { Amount, Bool, Cell, Id, MaybeTime, Span, Time, Whole } from './cells.ts';

/** Records of the Table API, only the fields that are used. An instance may lack any of them, or hide it from the user: then it comes as '' or not at all. */

const Record = { sys_id: Id, sys_created_on: MaybeTime, sys_created_by: Cell };
const Setting = { sys_id: Id, active: Bool, sys_updated_on: MaybeTime };

/** A ticket of either table. Names with a point are fields of the record that is referred to. */
export const Task = z
  .looseObject({
    ...Record,
    ...keys(MaybeTime, 'opened_at', 'sys_updated_on'),
    active: Bool,
    sys_mod_count: Whole,
    ...keys(Cell, 'state', 'hold_reason', 'priority', 'impact', 'urgency', 'severity', 'contact_type'),
    ...keys(Cell, 'assignment_group', 'assigned_to', 'caller_id', 'contact', 'consumer', 'opened_by', 'company'),
    ...keys(Cell, 'account', 'category', 'subcategory', 'close_code', 'resolution_code', 'cause'),
    ...keys(Cell, 'business_service', 'service_offering', 'product', 'cmdb_ci', 'problem_id', 'problem'),
    ...keys(Cell, 'parent_incident', 'rfc', 'caused_by', 'correlation_id', 'correlation_display'),
    ...keys(Cell, 'active_escalation'),
    ...keys(MaybeTime, 'resolved_at', 'closed_at'),
    ...keys(Whole, 'reopen_count', 'reassignment_count', 'business_stc', 'calendar_stc'),
    ...keys(Span, 'business_duration', 'calendar_duration'),
    ...keys(Cell, 'problem_id.correlation_id', 'problem_id.correlation_display', 'caller_id.user_name'),
    ...keys(Cell, 'contact.user_name', 'opened_by.user_name'),
  })
  .refine((row) => row.opened_at !== null || row.sys_created_on !== null, {
    path: ['opened_at'],
    message: 'when it was opened',
  });
export type Task = z.infer<typeof Task>;

/** Old and new values are raw: codes of choices, ids of references. `user` is a user id. */
export const Audit = z.looseObject({
  ...keys(Id, 'sys_id', 'documentkey', 'fieldname'),
  ...keys(Cell, 'oldvalue', 'newvalue', 'user'),
  sys_created_on: Time,
  record_checkpoint: Amount,
});
export type Audit = z.infer<typeof Audit>;

/** A stay of a field with a value: `field_value` is raw, `value` as it was shown. */
export const MetricRun = z.looseObject({ sys_id: Id, id: Id, field: Id, value: Cell, field_value: Cell, start: Time });
export type MetricRun = z.infer<typeof MetricRun>;

/** `value` is looked at for links and dropped. */
export const Journal = z.looseObject({
  ...keys(Id, 'sys_id', 'element_id', 'element'),
  value: Cell,
  sys_created_on: Time,
  sys_created_by: Cell,
});
export type Journal = z.infer<typeof Journal>;

export const Deletion = z.looseObject({
  ...keys(Id, 'sys_id', 'tablename', 'documentkey'),
  sys_created_on: Time,
  ...keys(Cell, 'sys_created_by', 'payload'),
});

export const User = z.looseObject({
  ...Record,
  ...keys(Cell, 'user_name', 'name'),
  ...keys(Bool, 'active', 'web_service_access_only', 'internal_integration_user'),
  identity_type: Cell,
});
export type User = z.infer<typeof User>;
export const Group = z.looseObject({ sys_id: Id, name: Cell, active: Bool });
export type Group = z.infer<typeof Group>;
export const Member = z.looseObject({ sys_id: Id, user: Id, group: Id });
/** A role that was taken away may stay there as `inactive`. */
export const HeldRole = z.looseObject({ sys_id: Id, user: Id, 'role.name': Cell, state: Cell });
export const Choice = z.looseObject({ name: Id, element: Id, value: Id, label: Cell, language: Cell });
export const Property = z.looseObject({ sys_id: Id, value: Cell });

export const SlaDefinition = z.looseObject({
  ...Setting,
  ...keys(Cell, 'name', 'collection', 'table', 'type', 'target'),
  duration: Span,
  ...keys(Cell, 'duration_type', 'schedule', 'schedule_source', 'start_condition', 'workflow', 'flow'),
});
export type SlaDefinition = z.infer<typeof SlaDefinition>;

export const SlaRun = z.looseObject({
  ...Record,
  sys_updated_on: Time,
  task: Id,
  ...keys(Cell, 'sla', 'stage'),
  has_breached: Bool,
  schedule: Cell,
  ...keys(MaybeTime, 'start_time', 'end_time', 'planned_end_time'),
  ...keys(Span, 'pause_duration', 'duration', 'time_left', 'business_duration', 'business_time_left'),
});
export type SlaRun = z.infer<typeof SlaRun>;

export const Schedule = z.looseObject({ sys_id: Id, time_zone: Cell });
export type Schedule = z.infer<typeof Schedule>;
export const ChildSchedule = z.looseObject({ schedule: Id, child_schedule: Id });
/** Times are `YYYYMMDDTHHMMSS` on the clock of the schedule, or in UTC with a Z behind. */
export const ScheduleSpan = z.looseObject({
  schedule: Id,
  ...keys(Cell, 'type', 'start_date_time', 'end_date_time'),
  all_day: Bool,
  repeat_type: Cell,
  repeat_count: Amount,
  ...keys(Cell, 'repeat_until', 'days_of_week', 'yearly_type'),
  month: Amount,
  float_week: Cell,
  float_day: Amount,
});
export type ScheduleSpan = z.infer<typeof ScheduleSpan>;

export const Survey = z.looseObject({
  ...Record,
  sys_updated_on: Time,
  ...keys(Cell, 'task_id', 'task_id.sys_class_name', 'trigger_id', 'trigger_table', 'state'),
  taken_on: MaybeTime,
});
export type Survey = z.infer<typeof Survey>;
export const Answer = z.looseObject({ instance: Id, metric: Id, value: Amount });
export type Answer = z.infer<typeof Answer>;
export const Question = z.looseObject({ sys_id: Id, datatype: Cell, min: Amount, max: Amount, scale: Cell });
export type Question = z.infer<typeof Question>;

/** `text` is looked at for a stated reply time and dropped. */
export const Article = z.looseObject({
  sys_id: Id,
  ...keys(Time, 'sys_created_on', 'sys_updated_on'),
  ...keys(Cell, 'sys_updated_by', 'number', 'author', 'workflow_state', 'kb_category', 'kb_knowledge_base', 'roles'),
  ...keys(Cell, 'can_read_user_criteria', 'source', 'text'),
});
export type Article = z.infer<typeof Article>;
/** A list of user criteria of a knowledge base; what they ask for is not read. */
export const BaseCriterion = z.looseObject({ kb_knowledge_base: Id });
export const ArticleNumber = z.looseObject({ sys_id: Id, number: Id });
export const ArticleUse = z.looseObject({
  groupby_fields: z.array(z.looseObject({ field: Cell, value: Cell })).nullish(),
  stats: z.looseObject({ count: Amount, sum: z.looseObject({ times_viewed: Amount }).nullish() }),
});
export const FirstUse = z.looseObject({ sys_created_on: Time });

export const Company = z.looseObject({ ...Record, sys_updated_on: Time, website: Cell, industry: Cell, partner: Bool });
export type Company = z.infer<typeof Company>;

export const AssignmentRule = z.looseObject({
  ...Setting,
  ...keys(Cell, 'table', 'condition', 'group', 'user', 'script'),
});
export const BusinessRule = z.looseObject({
  ...Setting,
  ...keys(Cell, 'collection', 'filter_condition', 'condition', 'template', 'script'),
  ...keys(Bool, 'advanced', 'action_insert', 'action_update', 'sys_customer_update'),
});
/** `message_html` and `message` are looked at for a stated reply time and dropped. */
export const Notification = z.looseObject({
  ...Setting,
  ...keys(Cell, 'collection', 'condition', 'advanced_condition', 'generation_type', 'event_name'),
  ...keys(Bool, 'action_insert', 'action_update'),
  ...keys(Cell, 'recipient_fields', 'recipient_groups', 'recipient_users', 'message', 'message_html'),
  sys_customer_update: Bool,
});
export const Flow = z.looseObject({ ...Setting, sys_customer_update: Bool });
export const Field = z.looseObject({
  ...Setting,
  name: Cell,
  element: Id,
  ...keys(Cell, 'column_label', 'internal_type'),
  mandatory: Bool,
  choice: Cell,
});
export const App = z.looseObject({ sys_id: Id, name: Cell, active: Bool });
export type AssignmentRule = z.infer<typeof AssignmentRule>;
export type BusinessRule = z.infer<typeof BusinessRule>;
export type Notification = z.infer<typeof Notification>;
export type Field = z.infer<typeof Field>;
