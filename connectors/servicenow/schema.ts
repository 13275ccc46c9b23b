import { z } from 'zod';
import { Amount, Bool, Cell, Id, MaybeTime, Span, Time, Whole } from './cells.ts';

/** Records of the Table API, only the fields that are used. An instance may lack any of them, or hide it from the user: then it comes as '' or not at all. */

const Record = { sys_id: Id, sys_created_on: MaybeTime, sys_created_by: Cell };
const Setting = { sys_id: Id, active: Bool, sys_updated_on: MaybeTime };

/** A ticket of either table. Names with a point are fields of the record that is referred to. */
export const Task = z
  .looseObject({
    ...Record,
    opened_at: MaybeTime,
    sys_updated_on: MaybeTime,
    active: Bool,
    sys_mod_count: Whole,
    state: Cell,
    hold_reason: Cell,
    priority: Cell,
    impact: Cell,
    urgency: Cell,
    severity: Cell,
    contact_type: Cell,
    assignment_group: Cell,
    assigned_to: Cell,
    caller_id: Cell,
    contact: Cell,
    consumer: Cell,
    opened_by: Cell,
    company: Cell,
    account: Cell,
    category: Cell,
    subcategory: Cell,
    close_code: Cell,
    resolution_code: Cell,
    cause: Cell,
    business_service: Cell,
    service_offering: Cell,
    product: Cell,
    cmdb_ci: Cell,
    problem_id: Cell,
    problem: Cell,
    parent_incident: Cell,
    rfc: Cell,
    caused_by: Cell,
    correlation_id: Cell,
    correlation_display: Cell,
    active_escalation: Cell,
    resolved_at: MaybeTime,
    closed_at: MaybeTime,
    reopen_count: Whole,
    reassignment_count: Whole,
    business_stc: Whole,
    calendar_stc: Whole,
    business_duration: Span,
    calendar_duration: Span,
    'problem_id.correlation_id': Cell,
    'problem_id.correlation_display': Cell,
    'caller_id.user_name': Cell,
    'contact.user_name': Cell,
    'opened_by.user_name': Cell,
  })
  .refine((row) => row.opened_at !== null || row.sys_created_on !== null, {
    path: ['opened_at'],
    message: 'when it was opened',
  });
export type Task = z.infer<typeof Task>;

/** Old and new values are raw: codes of choices, ids of references. `user` is a user id. */
export const Audit = z.looseObject({
  sys_id: Id,
  documentkey: Id,
  fieldname: Id,
  oldvalue: Cell,
  newvalue: Cell,
  user: Cell,
  sys_created_on: Time,
  record_checkpoint: Amount,
});
export type Audit = z.infer<typeof Audit>;

/** A stay of a field with a value: `field_value` is raw, `value` as it was shown. */
export const MetricRun = z.looseObject({ sys_id: Id, id: Id, field: Id, value: Cell, field_value: Cell, start: Time });
export type MetricRun = z.infer<typeof MetricRun>;

/** `value` is looked at for links and dropped. */
export const Journal = z.looseObject({
  sys_id: Id,
  element_id: Id,
  element: Id,
  value: Cell,
  sys_created_on: Time,
  sys_created_by: Cell,
});
export type Journal = z.infer<typeof Journal>;

export const Deletion = z.looseObject({
  sys_id: Id,
  tablename: Id,
  documentkey: Id,
  sys_created_on: Time,
  sys_created_by: Cell,
  payload: Cell,
});

export const User = z.looseObject({
  ...Record,
  user_name: Cell,
  name: Cell,
  active: Bool,
  web_service_access_only: Bool,
  internal_integration_user: Bool,
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
  name: Cell,
  collection: Cell,
  table: Cell,
  type: Cell,
  target: Cell,
  duration: Span,
  duration_type: Cell,
  schedule: Cell,
  schedule_source: Cell,
  start_condition: Cell,
  workflow: Cell,
  flow: Cell,
});
export type SlaDefinition = z.infer<typeof SlaDefinition>;

export const SlaRun = z.looseObject({
  ...Record,
  sys_updated_on: Time,
  task: Id,
  sla: Cell,
  stage: Cell,
  has_breached: Bool,
  schedule: Cell,
  start_time: MaybeTime,
  end_time: MaybeTime,
  planned_end_time: MaybeTime,
  pause_duration: Span,
  duration: Span,
  time_left: Span,
  business_duration: Span,
  business_time_left: Span,
});
export type SlaRun = z.infer<typeof SlaRun>;

export const Schedule = z.looseObject({ sys_id: Id, time_zone: Cell });
export type Schedule = z.infer<typeof Schedule>;
export const ChildSchedule = z.looseObject({ schedule: Id, child_schedule: Id });
/** Times are `YYYYMMDDTHHMMSS` on the clock of the schedule, or in UTC with a Z behind. */
export const ScheduleSpan = z.looseObject({
  schedule: Id,
  type: Cell,
  start_date_time: Cell,
  end_date_time: Cell,
  all_day: Bool,
  repeat_type: Cell,
  repeat_count: Amount,
  repeat_until: Cell,
  days_of_week: Cell,
  yearly_type: Cell,
  month: Amount,
  float_week: Cell,
  float_day: Amount,
});
export type ScheduleSpan = z.infer<typeof ScheduleSpan>;

export const Survey = z.looseObject({
  ...Record,
  sys_updated_on: Time,
  task_id: Cell,
  'task_id.sys_class_name': Cell,
  trigger_id: Cell,
  trigger_table: Cell,
  state: Cell,
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
  sys_created_on: Time,
  sys_updated_on: Time,
  sys_updated_by: Cell,
  number: Cell,
  author: Cell,
  workflow_state: Cell,
  kb_category: Cell,
  roles: Cell,
  can_read_user_criteria: Cell,
  source: Cell,
  text: Cell,
});
export type Article = z.infer<typeof Article>;
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
  table: Cell,
  condition: Cell,
  group: Cell,
  user: Cell,
  script: Cell,
});
export const BusinessRule = z.looseObject({
  ...Setting,
  collection: Cell,
  filter_condition: Cell,
  condition: Cell,
  template: Cell,
  script: Cell,
  advanced: Bool,
  action_insert: Bool,
  action_update: Bool,
  sys_customer_update: Bool,
});
/** `message_html` and `message` are looked at for a stated reply time and dropped. */
export const Notification = z.looseObject({
  ...Setting,
  collection: Cell,
  condition: Cell,
  advanced_condition: Cell,
  generation_type: Cell,
  event_name: Cell,
  action_insert: Bool,
  action_update: Bool,
  recipient_fields: Cell,
  recipient_groups: Cell,
  recipient_users: Cell,
  message: Cell,
  message_html: Cell,
  sys_customer_update: Bool,
});
export const Flow = z.looseObject({ ...Setting, sys_customer_update: Bool });
export const Field = z.looseObject({
  ...Setting,
  name: Cell,
  element: Id,
  column_label: Cell,
  internal_type: Cell,
  mandatory: Bool,
  choice: Cell,
});
export const App = z.looseObject({ sys_id: Id, name: Cell, active: Bool });
export type AssignmentRule = z.infer<typeof AssignmentRule>;
export type BusinessRule = z.infer<typeof BusinessRule>;
export type Notification = z.infer<typeof Notification>;
export type Field = z.infer<typeof Field>;
