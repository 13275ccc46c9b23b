/** What a caller may send, by route, as the OpenAPI document shows it; each fits the schema of its route (openapi.test.ts). */
export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  'POST /v1/session': { token: 'plb_the-token-that-was-shown-once' },
  'POST /v1/invitation': { secret: 'inv_what-stands-behind-the-hash' },
  'PUT /v1/respondent/answers': { answers: { 'S1.1': 3, 'S1.2': { value: 2, comment: 'since spring' } } },
  'POST /v1/workspaces': { name: 'desk-a' },
  'POST /v1/workspaces/:workspace/connections': {
    name: 'main',
    vendor: 'zendesk',
    settings: { url: 'https://acme.zendesk.com', user: 'reader@acme.example' },
    secret: { value: 'the API token' },
  },
  'POST /v1/workspaces/:workspace/uploads': { name: 'tickets.csv', bytes: 1_048_576 },
  'POST /v1/workspaces/:workspace/uploads/:id/proposal': { answers: { time_zone: 'Europe/Berlin' } },
  'POST /v1/workspaces/:workspace/uploads/:id/check': { answers: { time_zone: 'Europe/Berlin' } },
  'POST /v1/workspaces/:workspace/uploads/:id/import': { name: 'tickets', answers: { time_zone: 'Europe/Berlin' } },
  'PUT /v1/workspaces/:workspace/schedules/:name': { cron: '30 6 * * 1-5', tz: 'Europe/Berlin' },
  'POST /v1/workspaces/:workspace/runs': { kind: 'backfill', from: '2026-01-01', every: 'month' },
  'POST /v1/workspaces/:workspace/answers': {
    respondent: 'lead-1',
    role: 'support_lead',
    answers: { 'S1.1': 3, 'S1.2': 'dont_know' },
  },
  'POST /v1/workspaces/:workspace/not-applicable': {
    criterion: 'S2.1',
    reason: 'there is no telephone',
    respondent: 'lead-1',
    role: 'support_lead',
  },
  'POST /v1/workspaces/:workspace/statements/:id/resolution': {
    kind: 'keep_claim',
    reason: 'the promise stands in the contract',
    by: 'lead-1',
    proof: 'https://wiki.example.org/promise',
    expires_in_days: 180,
  },
  'POST /v1/workspaces/:workspace/invitations': { respondent: 'lead-1', role: 'support_lead', expires_in_days: 14 },
  'PUT /v1/workspaces/:workspace/moves/:id': { owner: 'lead-1', due: '2026-09-30', state: 'started' },
  'PUT /v1/workspaces/:workspace/target': { stage: 4, due: '2026-12-31' },
  'PUT /v1/workspaces/:workspace/notice-targets/:name': {
    channel: 'webhook',
    settings: { url: 'https://hooks.example.org/plumbline' },
    secret: { value: 'whsec_a-secret-of-yours' },
  },
  'POST /v1/tokens': { name: 'ci', role: 'viewer', workspaces: ['desk-a'], expires_in_days: 90 },
};

/** Examples of parameters, by name. */
export const PARAMETER_EXAMPLES: Readonly<Record<string, unknown>> = {
  workspace: 'desk-a',
  model: 'six-stage',
  snapshot: 'latest',
  before: '2026-05-31',
  after: 'latest',
  statement: 'S1.4',
  signal: 'D3',
  what: 'S1.4',
  respondent: 'lead-1',
  role: 'support_lead',
  limit: 20,
  target: 4,
};

/** The name of an operation for those who generate clients: method and path, e.g. `getWorkspacesRunsById`. */
export function operationIdOf(method: string, url: string): string {
  const word = (text: string): string =>
    text
      .split(/[-_.]/)
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('');
  const parts = url.split('/').filter((part) => part !== '' && part !== 'v1' && part !== ':workspace');
  const named = parts.map((part) => (part.startsWith(':') ? `By${word(part.slice(1))}` : word(part)));
  return `${method.toLowerCase()}${named.join('')}`;
}
