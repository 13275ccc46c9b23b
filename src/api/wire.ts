import { z } from 'zod';
import { Answer, Path } from '../domain/assessment.ts';
import { ConnectionRole } from '../domain/connection-role.ts';
import { Finding } from '../domain/finding.ts';
import { INVITATION_STATES, Invitation } from '../domain/invitation.ts';
import { ITEM_SCALES } from '../domain/model.ts';
import { SetAside, StreamName } from '../domain/observability.ts';
import {
  AccessToken,
  AuditEntry,
  Delivery,
  Notice,
  NoticeTarget,
  Run,
  Schedule,
  WorkspaceName,
} from '../domain/operations.ts';
import { Resolution } from '../domain/resolution.ts';
import { SignalDefinition } from '../domain/signal.ts';
import { SnapshotChange } from '../domain/snapshot-change.ts';
import { StagedModel } from '../domain/staged-model.ts';
import { StagedReading } from '../domain/staged-reading.ts';
import { MoveProgress } from '../domain/tracked-move.ts';
import { Headline } from '../domain/verdict.ts';
import { WhatIfInputs } from '../domain/what-if.ts';
import { PermissionMap } from '../report/view/permission-map.ts';
import { PROBLEM_TYPE, Problem } from './problem.ts';

/** What goes over the wire. Shapes of replies that clients will want by name are components of the OpenAPI document. */

/** A token that has not been revoked and not expired; its hash stays inside. */
export const TokenView = AccessToken.omit({ hash: true });
export type TokenView = z.infer<typeof TokenView>;

export const SessionView = z.strictObject({
  caller: TokenView.pick({ id: true, name: true, role: true, workspaces: true })
    .nullable()
    .describe('The access token that the caller shows, or that its session is bound to; null = nobody is signed in'),
  respondent: Invitation.pick({ workspace: true, respondent: true, role: true })
    .nullable()
    .describe('Whom the invitation of the session speaks of; such a session opens /v1/respondent and nothing else'),
  csrf: z
    .string()
    .nullable()
    .describe('Value of the header x-plumbline-csrf of each write that rests on the cookie; null = no cookie'),
  openid: z
    .string()
    .nullable()
    .describe('What the sign-in of /v1/openid/start?next=/path is called; null = there is none'),
  expires_at: z.date().nullable().describe('When the session or the token ends by itself; null = never'),
});

export const InvitationView = Invitation.omit({ hash: true }).extend({
  state: z.enum(INVITATION_STATES).describe('`used` = the link was opened, the respondent may still answer'),
});
export type InvitationView = z.infer<typeof InvitationView>;

/** Who has answered, for whoever coordinates. */
export const RespondentView = z.strictObject({
  id: z.string(),
  role: z.string(),
  former_roles: z.array(z.string()),
  model: z.string(),
  answered: z.int(),
  dont_know: z.int(),
  questions: z.int().describe('Of the model'),
  last_answered_at: z.date(),
});

export const QuestionView = z.strictObject({
  id: z.string(),
  name: z.string(),
  statement: z.string(),
  levels: z.array(z.string()).length(3).nullable().describe('What 1, 2 and 3 mean; null for other scales'),
  scale: z.enum(ITEM_SCALES),
  proof: z.string().nullable().describe('What would prove it'),
  may_not_apply: z.boolean(),
  answer: z
    .strictObject({ value: Answer.shape.value, comment: z.string().nullable(), proof: z.string().nullable() })
    .nullable()
    .describe('What the respondent has said so far'),
});

const SecretKind = z
  .enum(['env', 'file', 'sealed', 'none'])
  .describe('Where the secret is kept; neither it nor its name is ever shown');

export const ConnectionView = z.strictObject({
  name: z.string(),
  vendor: z.string(),
  role: ConnectionRole.describe('A desk is measured; the others stand beside the desks'),
  settings: z.record(z.string(), z.unknown()),
  secret: SecretKind,
  allow_private: z.boolean(),
  status: z.enum(['connected', 'disconnected']),
  created_at: z.date(),
});

export const ConnectorView = z.strictObject({
  id: z.string(),
  title: z.string(),
  flags: z.array(z.strictObject({ name: z.string(), description: z.string(), required: z.boolean() })),
  settings: z
    .record(z.string(), z.unknown())
    .describe('JSON Schema (2020-12) of the settings, with a title and a description of each'),
  secrets: z
    .array(
      z.strictObject({
        title: z.string(),
        description: z.string(),
        parts: z
          .array(z.strictObject({ name: z.string(), title: z.string() }))
          .describe('Kept together: the secret is then JSON with these names; empty = it is one text'),
      }),
    )
    .describe('Ways to type the secret in, the usual one first'),
  evidence: z
    .array(
      z.strictObject({
        stream: StreamName,
        fields: z.array(z.string()).describe('That it can fill, for at least some accounts'),
        calls: z.array(z.string()).describe('Calls of the vendor that feed it, in words'),
        never: z
          .string()
          .nullable()
          .describe('Why the vendor cannot give it; null where it can, or where it is not said'),
      }),
    )
    .describe('Every stream of evidence'),
});

export const ConnectionCheckView = z.strictObject({
  connection: z.string(),
  vendor: z.string(),
  identity: z.strictObject({ role: z.string(), account: z.string(), serverNow: z.date() }),
  clockSkewS: z.number().describe('Clock of the helpdesk minus ours, seconds'),
  streams: z.array(
    z.strictObject({
      stream: z.string(),
      title: z.string(),
      status: z.enum(['available', 'plan', 'permission', 'retention', 'absent']),
      since: z.date().nullable(),
      total: z.number().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  map: PermissionMap.nullable().describe(
    'What that lets be measured; null where the model that is shown has no stages',
  ),
});

export const SetAsideView = SetAside.extend({ times: z.int().describe('So many records of one kind in one') });

export const UploadView = z.strictObject({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  received: z.int(),
  part_bytes: z.int().describe('Of each part but the last'),
  expires_at: z.date().describe('When the file goes by itself'),
});

/** What the wizard of imports sees in a file. Samples are for the screen of the person who brought it, nowhere else. */
export const ProposalView = z.strictObject({
  mode: z
    .enum(['tickets', 'events', 'deflection'])
    .describe('What a row is: one ticket, one change of a ticket, or counts of self-service of one week or day'),
  product: z.string().nullable().describe('Whose export this is, where its header is known'),
  looked: z.strictObject({ rows: z.int(), of: z.int() }),
  notes: z.array(z.string()),
  points: z.array(
    z.strictObject({
      id: z.string(),
      target: z.string(),
      question: z.string(),
      options: z.array(z.strictObject({ label: z.string(), evidence: z.string() })),
      samples: z.array(z.string()),
      hint: z.string().nullable().describe('What a text as answer is; null = only an option can be chosen'),
    }),
  ),
  choices: z.array(z.strictObject({ target: z.string(), column: z.string(), why: z.string() })),
  open: z.array(z.string()).describe('What is left open after the answers'),
  unused: z.array(z.strictObject({ column: z.string(), sample: z.string().nullable(), suggestion: z.string() })),
  unknown: z.array(z.strictObject({ target: z.string(), column: z.string(), word: z.string(), n: z.int() })),
  mapping: z.string().describe('The mapping file as it stands after the answers (YAML)'),
});

export const TargetView = NoticeTarget.omit({ secret: true }).extend({ secret: SecretKind });
export const NoticeView = Notice.extend({ deliveries: z.array(Delivery) });
export const SnapshotHeadView = z.strictObject({
  digest: z.string(),
  model: z.string(),
  as_of: z.date(),
  created_at: z.date(),
});
export const VerdictHeadView = SnapshotHeadView.extend({
  version: z.int(),
  hash: z.string().describe('Of the model document'),
  kind: z.string(),
  headline: Headline,
});
export const NotApplicableView = z.strictObject({
  model: z.string(),
  criterion: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.date(),
});
export const ModelHeadView = z.strictObject({
  id: z.string(),
  version: z.int(),
  kind: z.string(),
  title: z.string(),
  source: z.string(),
  hash: z.string(),
  items: z.int().describe('Statements, markers and importances that can be asked'),
  judges: z.boolean().describe('Switched on: it judges every snapshot'),
  shown: z.boolean().describe('The one that is meant where none is named'),
});

/** Components of the OpenAPI document by name; a registry of our own, so that nothing is registered for the whole process. */
export const COMPONENTS = z.registry<{ id?: string | undefined }>();
for (const [id, schema] of Object.entries({
  Problem,
  Run,
  Schedule,
  Token: TokenView,
  Session: SessionView,
  Invitation: InvitationView,
  Respondent: RespondentView,
  Question: QuestionView,
  Connection: ConnectionView,
  ConnectionCheck: ConnectionCheckView,
  Connector: ConnectorView,
  SetAside: SetAsideView,
  Upload: UploadView,
  ImportProposal: ProposalView,
  NoticeTarget: TargetView,
  Notice: NoticeView,
  AuditEntry,
  Snapshot: StagedReading,
  SnapshotHead: SnapshotHeadView,
  VerdictHead: VerdictHeadView,
  SnapshotChange,
  ModelHead: ModelHeadView,
  WhatIfInputs,
  Model: StagedModel,
  Signal: SignalDefinition,
  Finding,
  Answer,
  NotApplicable: NotApplicableView,
  Resolution,
  Move: MoveProgress,
  Path,
}))
  COMPONENTS.add(schema, { id });

/** Query parameter: which kept snapshot. */
export const SnapshotName = z
  .string()
  .max(64)
  .describe('`latest`, a date or instant (the latest at or before it), or the beginning of a digest');
/** Query parameter: which model. */
export const ModelName = z.string().max(100).optional().describe('Maturity model; default: the configured one');

export const InWorkspace = z.object({ workspace: WorkspaceName });
export const Named = z.object({ workspace: WorkspaceName, name: WorkspaceName });

/** Every other reply of a route. */
export const PROBLEMS = {
  default: { description: 'Refused or failed', content: { [PROBLEM_TYPE]: { schema: Problem } } },
};

/** Query parameter `limit`. */
export function limitUpTo(most: number, usual: number): z.ZodDefault<z.ZodCoercedNumber> {
  return z.coerce.number().int().min(1).max(most).default(usual);
}

/** The kind of a reference such as `env:NAME`. */
export function secretKind(reference: string): z.infer<typeof SecretKind> {
  const kind = SecretKind.safeParse(reference.split(':', 1)[0]);
  return kind.success ? kind.data : 'none';
}
