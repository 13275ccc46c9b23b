import { z } from 'zod';
import {
  Instant,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeInt,
  MaybeNumber,
  MaybeText,
  MaybeWord,
  VendorId,
  Whole,
} from '../../src/kit/vendor-schema.ts';

/** Titles and names are looked at to recognise what something is for; none is kept. */

export const User = z.object({
  id: VendorId,
  name: MaybeText,
  role: MaybeText,
  role_type: MaybeNumber,
  custom_role_id: MaybeId,
  only_private_comments: MaybeBool,
  active: MaybeBool,
  suspended: MaybeBool,
  created_at: MaybeInstant,
});
export type User = z.infer<typeof User>;

export const Group = z.object({ id: VendorId, name: MaybeText, deleted: MaybeBool });
export type Group = z.infer<typeof Group>;

export const Membership = z.object({ user_id: VendorId, group_id: VendorId });

export const CustomRole = z.object({
  id: VendorId,
  name: MaybeText,
  role_type: MaybeNumber,
  configuration: z.looseObject({ light_agent: MaybeBool }).nullish(),
});

export const CustomStatus = z.object({ id: VendorId, status_category: z.string(), agent_label: MaybeText });

export const TicketField = z.object({
  id: VendorId,
  type: z.string(),
  title: MaybeText,
  active: MaybeBool,
  required: MaybeBool,
  required_in_portal: MaybeBool,
  editable_in_portal: MaybeBool,
  visible_in_portal: MaybeBool,
  removable: MaybeBool,
  updated_at: MaybeInstant,
  custom_field_options: z
    .array(z.looseObject({ id: MaybeId, name: MaybeText, value: z.string().nullish(), default: z.boolean().nullish() }))
    .nullish(),
});
export type TicketField = z.infer<typeof TicketField>;

const Requirement = z.looseObject({
  id: VendorId,
  is_required: MaybeBool,
  required_on_statuses: z.looseObject({ type: z.string(), statuses: z.array(z.string()).nullish() }).nullish(),
});
const FormConditions = z.array(z.looseObject({ child_fields: z.array(Requirement).nullish() })).nullish();
export const TicketForm = z.object({
  id: VendorId,
  active: MaybeBool,
  end_user_visible: MaybeBool,
  default: MaybeBool,
  ticket_field_ids: z.array(VendorId).nullish(),
  agent_conditions: FormConditions,
  end_user_conditions: FormConditions,
  updated_at: MaybeInstant,
});
export type TicketForm = z.infer<typeof TicketForm>;

export const Condition = z.looseObject({ field: z.string(), operator: MaybeWord, value: z.unknown().optional() });
export type Condition = z.infer<typeof Condition>;
export const Action = z.looseObject({ field: z.string(), value: z.unknown().optional() });
export type Action = z.infer<typeof Action>;
/** A condition or action of another form is one all the same, and not understood. */
const UNREADABLE: Condition & Action = { field: 'unreadable', operator: null };
const piecesOf = <T>(schema: z.ZodType<T>, odd: T) =>
  z
    .unknown()
    .optional()
    .transform((list): T[] =>
      list === null || list === undefined ? [] : [list].flat().map((one) => schema.safeParse(one).data ?? odd),
    );

const Some = piecesOf(Condition, UNREADABLE);
const Conditions = z
  .looseObject({ all: Some, any: Some })
  .transform(({ all, any }) => [...all, ...any])
  .or(Some);

const Actions = piecesOf(Action, UNREADABLE);

const Restriction = z.looseObject({ type: MaybeText }).nullish();

/** Trigger, automation or macro. */
export const Rule = z.object({
  id: VendorId,
  title: MaybeText,
  active: MaybeBool,
  default: MaybeBool,
  conditions: Conditions,
  actions: Actions,
  restriction: Restriction,
  usage_30d: MaybeNumber,
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
});
export type Rule = z.infer<typeof Rule>;

export const View = z.object({
  id: VendorId,
  active: MaybeBool,
  default: MaybeBool,
  conditions: Conditions,
  restriction: Restriction,
  execution: z
    .looseObject({
      group_by: MaybeId,
      sort_by: MaybeId,
      group: z.looseObject({ id: MaybeId }).nullish(),
      sort: z.looseObject({ id: MaybeId }).nullish(),
    })
    .nullish(),
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
});
export type View = z.infer<typeof View>;

export const Queue = z.object({ id: VendorId, definition: Conditions, updated_at: MaybeInstant });
export type Queue = z.infer<typeof Queue>;

export const SlaPolicy = z.object({
  id: VendorId,
  title: MaybeText,
  position: MaybeNumber,
  filter: Conditions,
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
  policy_metrics: z.array(z.unknown()),
});
export type SlaPolicy = z.infer<typeof SlaPolicy>;

export const PolicyMetric = z.looseObject({
  metric: z.string(),
  priority: MaybeText,
  target: MaybeNumber,
  target_in_seconds: MaybeNumber,
  business_hours: MaybeBool,
});

export const Schedule = z.object({
  id: VendorId,
  time_zone: z.string(),
  intervals: z.array(z.looseObject({ start_time: Whole, end_time: Whole })),
});
export type Schedule = z.infer<typeof Schedule>;
export const Holiday = z.looseObject({ start_date: z.iso.date(), end_date: z.iso.date() });
export type Holiday = z.infer<typeof Holiday>;

export const OrganisationField = z.object({
  key: z.string(),
  title: MaybeText,
  description: MaybeText,
  type: MaybeText,
  active: MaybeBool,
  custom_field_options: z.array(z.looseObject({ id: MaybeId, value: z.string().nullish() })).nullish(),
});
export type OrganisationField = z.infer<typeof OrganisationField>;
export const Organisation = z.object({
  id: VendorId,
  created_at: MaybeInstant,
  domain_names: z.array(z.string()).nullish(),
  external_id: MaybeText,
  tags: z.array(z.string()).nullish(),
  organization_fields: z.record(z.string(), z.unknown()).nullish(),
});
export type Organisation = z.infer<typeof Organisation>;

export const Rating = z.object({
  id: VendorId,
  ticket_id: VendorId,
  score: z.string().regex(/^(?:offered|unoffered|(?:received|good|bad)(?:_with(?:out)?_comment)?)$/),
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
  reason_code: z.union([z.string(), z.number()]).nullish(),
});
export type Rating = z.infer<typeof Rating>;

export const SurveyResponse = z.object({
  id: VendorId,
  created_at: MaybeInstant,
  updated_at: MaybeInstant,
  subjects: z.array(z.looseObject({ type: MaybeText, id: MaybeId })).nullish(),
  answers: z
    .array(
      z.looseObject({
        type: MaybeText,
        rating: MaybeNumber,
        rating_category: MaybeText,
        created_at: MaybeInstant,
        question: z.looseObject({ options: z.array(z.looseObject({ rating: MaybeNumber })).nullish() }).nullish(),
      }),
    )
    .nullish(),
});
export type SurveyResponse = z.infer<typeof SurveyResponse>;

export const Article = z.object({
  id: VendorId,
  created_at: Instant,
  edited_at: MaybeInstant,
  draft: MaybeBool,
  user_segment_id: z.union([z.string(), z.number()]).nullish(),
  author_id: MaybeId,
  section_id: MaybeId,
  body: z.unknown().optional(),
  /** Helpful votes less the others, and all of them. */
  vote_sum: MaybeInt,
  vote_count: MaybeInt,
});
export type Article = z.infer<typeof Article>;

export const Installation = z.object({
  id: VendorId,
  enabled: MaybeBool,
  settings: z.looseObject({ name: MaybeText, title: MaybeText }).nullish(),
  app: z.looseObject({ name: MaybeText }).nullish(),
});
export type Installation = z.infer<typeof Installation>;

export const Webhook = z.object({ id: VendorId, name: MaybeText, status: MaybeText, endpoint: MaybeText });
export type Webhook = z.infer<typeof Webhook>;

export const JiraLink = z.object({
  id: VendorId,
  ticket_id: VendorId,
  issue_id: MaybeId,
  issue_key: MaybeText,
  created_at: MaybeInstant,
});
export type JiraLink = z.infer<typeof JiraLink>;
