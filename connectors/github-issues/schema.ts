import { z } from 'zod';
import {
  Instant,
  listOf,
  listOfGood,
  MaybeBool,
  MaybeId,
  MaybeInstant,
  MaybeText,
  maybe,
  maybeListOf,
  VendorId,
} from '../../src/kit/vendor-schema.ts';

/** Records of the REST interface (version 2022-11-28) and of GraphQL, only the fields that are used. */

/** Login and kind are looked at and dropped. A deleted user is null, or the user "ghost". */
export const Account = z.looseObject({ id: VendorId, login: MaybeText, type: MaybeText });
export type Account = z.infer<typeof Account>;
const MaybeAccount = maybe(Account);

/** Old replies give names alone. */
const Label = z
  .union([z.string(), z.looseObject({ name: z.string() })])
  .transform((label) => (typeof label === 'string' ? label : label.name));
const Milestone = maybe(z.looseObject({ title: MaybeText }));
const App = maybe(z.looseObject({ id: MaybeId }));

export const Issue = z.looseObject({
  id: VendorId,
  number: VendorId,
  state: MaybeText,
  state_reason: MaybeText,
  user: MaybeAccount,
  labels: maybeListOf(Label),
  assignees: listOfGood(Account),
  assignee: MaybeAccount,
  milestone: Milestone,
  type: maybe(z.looseObject({ name: MaybeText })),
  author_association: MaybeText,
  active_lock_reason: MaybeText,
  body: MaybeText,
  created_at: Instant,
  updated_at: MaybeInstant,
  closed_at: MaybeInstant,
  performed_via_github_app: App,
  /** The list mixes pull requests in. */
  pull_request: z.unknown().optional(),
});
export type Issue = z.infer<typeof Issue>;

/** The other end of a reference: an issue or a pull request of any repository that the token may see. */
const Source = maybe(
  z.looseObject({
    number: VendorId,
    state: MaybeText,
    state_reason: MaybeText,
    closed_at: MaybeInstant,
    repository: maybe(z.looseObject({ full_name: MaybeText })),
    pull_request: maybe(z.looseObject({ merged_at: MaybeInstant })),
  }),
);
export type Source = NonNullable<z.infer<typeof Source>>;

/** One thing that happened to an issue. Comments have a `user`, all others an `actor`; a reference has no id, what hangs on a commit no instant. */
const AnyItem = z.looseObject({
  event: z.string().toLowerCase(),
  id: MaybeId,
  created_at: MaybeInstant,
  state_reason: MaybeText,
  actor: MaybeAccount,
  user: MaybeAccount,
  author_association: MaybeText,
  body: MaybeText,
  label: maybe(Label),
  assignee: MaybeAccount,
  milestone: Milestone,
  source: maybe(z.looseObject({ issue: Source })),
  performed_via_github_app: App,
});
/** What is said and what changes the issue happened at some instant: it is not taken for that of the issue. */
export const Item = AnyItem.superRefine(({ event, created_at }, context) => {
  if (created_at !== null || !(event === 'commented' || isStep({ event }))) return;
  context.addIssue({ code: 'custom', path: ['created_at'], message: 'an instant' });
});
/** Things that change what an issue is. */
export function isStep({ event }: { readonly event: string }): boolean {
  return /^(?:closed|reopened|(?:un)?labeled|(?:un)?assigned|(?:de)?milestoned)$/.test(event);
}
export type Item = z.infer<typeof Item>;

export const AppToken = z.looseObject({ token: z.string().min(1), expires_at: MaybeInstant });
export const Team = z.looseObject({ id: VendorId, slug: z.string().min(1), name: MaybeText });
export type Team = z.infer<typeof Team>;
export const Repository = z.looseObject({
  full_name: z.string().min(1),
  has_discussions: MaybeBool,
  owner: maybe(z.looseObject({ type: MaybeText, login: MaybeText })),
});
export const Template = z.looseObject({ name: z.string().min(1), type: MaybeText });
export type Template = z.infer<typeof Template>;

/** GraphQL has ids of its own; `databaseId` is that of REST. */
const Actor = maybe(
  z
    .looseObject({ __typename: MaybeText, login: MaybeText, databaseId: MaybeId })
    .transform(({ __typename: type, login, databaseId }): Account | null =>
      databaseId === null ? null : { id: databaseId, login, type },
    ),
);
const Reply = z.looseObject({
  id: VendorId,
  createdAt: Instant,
  body: MaybeText,
  authorAssociation: MaybeText,
  isMinimized: MaybeBool,
  author: Actor,
});
export type Reply = z.infer<typeof Reply>;
export const Thread = Reply.extend({ replies: maybe(z.looseObject({ nodes: listOf(Reply) })) });
export type Thread = z.infer<typeof Thread>;
export const Discussion = z.looseObject({
  id: VendorId,
  number: VendorId,
  createdAt: Instant,
  updatedAt: MaybeInstant,
  closed: MaybeBool,
  closedAt: MaybeInstant,
  answerChosenAt: MaybeInstant,
  body: MaybeText,
  authorAssociation: MaybeText,
  author: Actor,
  category: maybe(z.looseObject({ id: VendorId, isAnswerable: MaybeBool })),
  labels: maybe(z.looseObject({ nodes: maybeListOf(z.looseObject({ name: z.string() })) })),
  comments: maybe(z.looseObject({ nodes: listOf(Thread), pageInfo: maybe(z.looseObject({ hasNextPage: MaybeBool })) })),
});
export type Discussion = z.infer<typeof Discussion>;
