/**
 * What replies look like, by route, as the OpenAPI document shows it; each fits the schema of its reply (openapi.test.ts). Views, models and whole
 * snapshots have none: they are as long as a screen, and a server shows real ones.
 */
const AT = { begin: '2026-06-01T06:30:00.000Z', end: '2026-06-01T06:41:12.000Z', later: '2026-09-01T06:30:00.000Z' };
const DIGEST = '5f3c9a41d2b7e6805c1f4a9be2d7308f6614c0b5a9e8d7f3120b4c6d8e9fa013';
const desk = { workspace: 'desk-a' };

const run = {
  id: 'desk-a_nightly_20260601T0630',
  ...desk,
  kind: 'snapshot',
  schedule: 'nightly',
  slot: AT.begin,
  due_at: AT.begin,
  params: { model: null, models: null, window_days: null, as_of: null, sync: true, connections: null, missed: 0 },
  status: 'done',
  attempts: 1,
  progress: null,
  digest: DIGEST,
  failure: null,
  requested_by: 'schedule:nightly',
  created_at: AT.begin,
  started_at: AT.begin,
  ended_at: AT.end,
  seen_at: AT.end,
};
const asked = {
  ...run,
  ...{ id: 'hand-2880d63f80cd026f6eb37b69deed6a75', schedule: null, requested_by: 'token:7c6b158e9ff5d046' },
  ...{ status: 'due', attempts: 0, digest: null, started_at: null, ended_at: null, seen_at: null },
};
const schedule = {
  ...desk,
  name: 'nightly',
  kind: 'snapshot',
  ...{ every_s: null, cron: '30 6 * * 1-5', tz: 'Europe/Berlin', jitter_s: 0 },
  ...{ model: null, models: null, window_days: null, paused: false },
  ...{ next_at: AT.later, created_at: AT.begin, created_by: 'token:7c6b158e9ff5d046' },
};
const connection = {
  ...{ name: 'main', vendor: 'zendesk', role: 'desk', settings: { url: 'https://acme.zendesk.com' } },
  ...{ secret: 'sealed', allow_private: false, status: 'connected', created_at: AT.begin },
};
const checked = {
  ...{ connection: 'main', vendor: 'zendesk', clockSkewS: 0.4, map: null },
  identity: { role: 'admin', account: 'acme', serverNow: AT.begin },
  streams: [
    { stream: 'tickets', title: 'Tickets', status: 'available', since: null, total: 4_349, detail: null },
    { stream: 'csat', title: 'Ratings', status: 'plan', since: null, total: null, detail: 'The plan has no ratings.' },
  ],
};
const token = {
  ...{ id: '1741d5eadee55779', name: 'ci', role: 'viewer', workspaces: ['desk-a'] },
  ...{ created_at: AT.begin, expires_at: AT.later, revoked_at: null, made_by: '7c6b158e9ff5d046' },
};
const session = {
  caller: { id: token.id, name: token.name, role: token.role, workspaces: token.workspaces },
  ...{ respondent: null, csrf: 'x2V5c3RlcmRheQ', openid: null, expires_at: AT.later },
};
const invitation = {
  ...{ id: 'c9a789994da6b6ae', ...desk, model: 'six-stage', respondent: 'lead-1', role: 'support_lead' },
  ...{ created_at: AT.begin, created_by: 'token:7c6b158e9ff5d046', expires_at: AT.later },
  ...{ used_at: null, revoked_at: null, state: 'open' },
};
const target = {
  ...{ ...desk, name: 'wiki', channel: 'webhook', settings: { url: 'https://hooks.example.org/plumbline' } },
  ...{ allow_private: false, kinds: null, created_at: AT.begin, secret: 'sealed' },
};
const move = {
  ...{ model: 'six-stage', criterion: 'S2.2', owner: 'lead-1', due: '2026-09-30', state: 'started' },
  ...{ updated_at: AT.begin, updated_by: '7c6b158e9ff5d046', title: 'Write the goals of the desk down' },
  ...{ done: 'no', verified_by: [{ signal: 'D3-first-reply-target-met', passes: false }] },
};
const resolution = {
  ...{ id: '0b4c6d8e9fa01312', model: 'six-stage', criterion: 'S1.4', kind: 'keep_claim' },
  ...{ reason: 'the promise stands in the contract', by: 'lead-1', proof: 'https://wiki.example.org/promise' },
  ...{ level: 3, basis: [1.8, -2.4], at: AT.begin, expires_at: AT.later, ended_at: null, ended: null },
};
const head = { digest: DIGEST, model: 'six-stage', as_of: '2026-06-01T00:00:00.000Z', created_at: AT.end };
const upload = {
  id: 'u1',
  name: 'tickets.csv',
  bytes: 1_048_576,
  received: 0,
  part_bytes: 4_194_304,
  expires_at: AT.end,
};
const kept = { model: 'six-stage', respondent: 'lead-1', role: 'support_lead', kept: 2, blank: 0, not_applicable: 0 };
const counts = { matched: 30, ambiguous: 2, unmatched: 8, of: 40, share: 0.75 };
const customerMatch = {
  ...{ desk: 'main', source: 'crm', organisations: counts, with_tickets: counts, counts: true },
  by_rule: { mapping: 4, external_id: 0, domain: 26 },
  told: {
    ...{ tier: 30, contract: 28, health: 25, health_90d: 20, health_understood: 25 },
    ...{ renewal: 27, value: 22, churned: 1, expanded: 3 },
  },
  ambiguous: [{ organisation_id: '4711', rule: 'domain' }],
  mapping: { pairs: 4, unknown_customers: 0, unknown_organisations: 0 },
};
const inDesk = (path: string): string => `/v1/workspaces/:workspace/${path}`;

export const REPLY_EXAMPLES: Readonly<Record<string, unknown>> = {
  'GET /healthz': { status: 'ok' },
  'GET /readyz': { ready: true, parts: [{ part: 'store', ready: true, reason: null }] },
  'GET /v1/session': session,
  'POST /v1/session': session,
  'DELETE /v1/session': { ended: true },
  'GET /v1/workspaces': { workspaces: ['desk-a', 'desk-b'] },
  'POST /v1/workspaces': { name: 'desk-a' },
  [`GET ${inDesk('connections')}`]: { connections: [connection] },
  [`POST ${inDesk('connections')}`]: checked,
  [`POST ${inDesk('connections/:name/disconnect')}`]: { ...connection, status: 'disconnected' },
  [`POST ${inDesk('connections/:name/check')}`]: checked,
  [`GET ${inDesk('connections/:name/set-aside')}`]: {
    total: 1,
    cells: 0,
    set_aside: [
      {
        ...{ stream: 'tickets', ref: '4711', code: 'RECORD_REJECTED', path: 'created_at' },
        ...{ detail: 'expected an instant, found a number', times: 1 },
      },
    ],
    next: null,
  },
  [`GET ${inDesk('matches')}`]: { customers: [customerMatch], links: [] },
  [`PUT ${inDesk('matches/customers')}`]: { matches: [customerMatch] },
  [`POST ${inDesk('uploads')}`]: upload,
  [`PUT ${inDesk('uploads/:id/parts/:part')}`]: { ...upload, received: upload.bytes },
  [`DELETE ${inDesk('uploads/:id')}`]: { id: upload.id },
  [`POST ${inDesk('uploads/:id/import')}`]: {
    ...{ connection: 'tickets', unchanged: false, rows: 1_200, tickets: 1_198, written: 1_198, older: 0 },
    ...{ since: '2025-01-02T08:00:00.000Z', until: AT.begin, tells: [] },
  },
  [`GET ${inDesk('schedules')}`]: { schedules: [schedule] },
  [`GET ${inDesk('schedules/:name')}`]: schedule,
  [`PUT ${inDesk('schedules/:name')}`]: schedule,
  [`DELETE ${inDesk('schedules/:name')}`]: { removed: 'nightly' },
  [`POST ${inDesk('schedules/:name/pause')}`]: { ...schedule, paused: true },
  [`POST ${inDesk('schedules/:name/resume')}`]: schedule,
  [`GET ${inDesk('runs')}`]: { runs: [run], next: null },
  [`POST ${inDesk('runs')}`]: { runs: [asked], new: 1 },
  [`GET ${inDesk('runs/:id')}`]: run,
  [`POST ${inDesk('runs/:id/cancel')}`]: { ...asked, status: 'cancelled', ended_at: AT.end },
  [`POST ${inDesk('runs/:id/retry')}`]: asked,
  [`GET ${inDesk('snapshots')}`]: { snapshots: [head], next: null },
  [`GET ${inDesk('verdicts')}`]: {
    verdicts: [
      {
        ...head,
        ...{ version: 5, hash: DIGEST, kind: 'staged' },
        headline: { value: 2, label: 'stage 2', of: 6, assured: 2, status: 'measured', coverage: 0.93 },
      },
    ],
    next: null,
  },
  [`GET ${inDesk('views/sources')}`]: {
    sources: [
      {
        ...{ connection: 'main', vendor: 'zendesk', until: '2026-05-31T23:59:00.000Z', age_days: 0 },
        sentence: 'main was read up to 2026-05-31, today.',
        streams: [
          {
            ...{ stream: 'tickets', status: 'available', until: '2026-05-31T23:59:00.000Z' },
            ...{ rows: 4_349, set_aside: 1, reconciled_share: 1 },
          },
        ],
      },
    ],
  },
  [`POST ${inDesk('answers')}`]: kept,
  [`POST ${inDesk('not-applicable')}`]: { ...kept, kept: 0, not_applicable: 1 },
  [`GET ${inDesk('not-applicable')}`]: {
    not_applicable: [
      { model: 'six-stage', criterion: 'S2.1', reason: 'there is no telephone', by: 'lead-1', at: AT.begin },
    ],
  },
  [`GET ${inDesk('resolutions')}`]: { resolutions: [resolution] },
  [`POST ${inDesk('statements/:id/resolution')}`]: resolution,
  [`DELETE ${inDesk('statements/:id/resolution')}`]: { ...resolution, ended_at: AT.end, ended: 'withdrawn' },
  [`GET ${inDesk('moves')}`]: { target: { stage: 4, due: '2026-12-31' }, moves: [move] },
  [`PUT ${inDesk('moves/:id')}`]: move,
  [`DELETE ${inDesk('moves/:id')}`]: { removed: 'S2.2' },
  [`PUT ${inDesk('target')}`]: { stage: 4, due: '2026-12-31' },
  [`GET ${inDesk('invitations')}`]: {
    invitations: [invitation],
    respondents: [
      {
        ...{ id: 'lead-1', role: 'support_lead', former_roles: [], model: 'six-stage' },
        ...{ answered: 12, dont_know: 1, questions: 30, last_answered_at: AT.end },
      },
    ],
  },
  [`POST ${inDesk('invitations')}`]: { ...invitation, link: 'https://plumbline.example.org/invitation#inv_shown-once' },
  [`DELETE ${inDesk('invitations/:id')}`]: { ...invitation, revoked_at: AT.end, state: 'revoked' },
  'POST /v1/invitation': {
    ...{ caller: null, respondent: { ...desk, respondent: 'lead-1', role: 'support_lead' } },
    ...{ csrf: session.csrf, openid: null, expires_at: AT.later },
  },
  'PUT /v1/respondent/answers': { kept: 2, not_applicable: 0 },
  [`GET ${inDesk('notice-targets')}`]: { targets: [target] },
  [`GET ${inDesk('notice-targets/:name')}`]: target,
  [`PUT ${inDesk('notice-targets/:name')}`]: target,
  [`DELETE ${inDesk('notice-targets/:name')}`]: { removed: 'wiki' },
  [`GET ${inDesk('notices')}`]: {
    notices: [
      {
        ...{ id: 'n1', ...desk, kind: 'stage_changed', subject: null, at: AT.end, run: run.id, digest: DIGEST },
        ...{ text: 'desk-a went from stage 1 to stage 2.', data: { from: 1, to: 2 } },
        deliveries: [
          {
            ...{ notice: 'n1', ...desk, target: 'wiki', status: 'delivered', attempts: 1, next_at: AT.end },
            ...{ failure: null, delivered_at: AT.end },
          },
        ],
      },
    ],
    next: null,
  },
  'GET /v1/tokens': { tokens: [token] },
  'POST /v1/tokens': { ...token, token: 'plb_shown-this-once' },
  'DELETE /v1/tokens/:id': { ...token, revoked_at: AT.end },
  'GET /v1/audit': {
    entries: [
      {
        ...{ id: 'e1', at: AT.begin, actor: 'token:7c6b158e9ff5d046', action: 'run.request', workspace: 'desk-a' },
        ...{ subject: asked.id, outcome: 'done', detail: { kind: 'snapshot', runs: 1, new: 1 } },
      },
    ],
    next: null,
  },
};
