import { describe, expect, it } from 'vitest';
import { accountOf } from './account.ts';
import { toQueue } from './map-queue.ts';
import { Settings } from './settings.ts';
import { statusOf, typeOf } from './words.ts';

const account = (settings: object, secret = 'sesame') =>
  accountOf(Settings.parse({ url: 'acme', ...settings }), secret);

describe('ways in', () => {
  it('go to the site with an API token, and through the gateway with a cloud id', () => {
    expect(account({ user: 'a@acme.example' })).toMatchObject({
      baseUrl: new URL('https://acme.atlassian.net'),
      auth: { kind: 'basic', user: 'a@acme.example', password: 'sesame' },
    });
    expect(account({ user: 'a@acme.example', cloudId: 'c-1' }).baseUrl.href).toBe(
      'https://api.atlassian.com/ex/jira/c-1',
    );
    const secret = JSON.stringify({ client_secret: 's', refresh_token: 'r' });
    expect(account({ clientId: 'app', cloudId: 'c-1' }, secret).auth.kind).toBe('token');
  });

  it('refuse OAuth without the id of the site', () => {
    const parsed = Settings.safeParse({ url: 'acme', clientId: 'app' });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain('tenant_info');
  });

  it('take a reply as if nobody had asked for dead credentials', () => {
    const reply = (headers: Record<string, string>) => ({ status: 200, headers, path: '/', json: () => ({}) });
    const { classify } = account({ user: 'a' });
    expect(classify?.(reply({ 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }))).toBe('expired');
    expect(classify?.(reply({ 'x-seraph-loginreason': 'OK' }))).toBeNull();
  });
});

describe('words', () => {
  const none = Settings.parse({ url: 'acme' });
  it.each([
    ['Waiting for support', 'indeterminate', 'open'],
    ['Waiting for support', 'new', 'open'],
    ['Waiting for customer', 'indeterminate', 'pending'],
    ['Waiting for approval', 'indeterminate', 'hold'],
    ['Pending', 'indeterminate', 'hold'],
    ['To Do', 'new', 'new'],
    ['In Progress', 'indeterminate', 'open'],
    ['Resolved', 'done', 'solved'],
    ['Closed', 'DONE', 'closed'],
    ['Canary', null, 'open'],
    ['Canary', 'undefined', 'open'],
    ['Unresolved', null, 'open'],
    ['Resolved', null, 'solved'],
    ['Closed', null, 'closed'],
    ['Done, not closed', 'indeterminate', 'open'],
  ])('status %s of the category %s is %s', (name, key, status) => {
    expect(
      statusOf({ id: '9', name, untranslatedName: null, statusCategory: key === null ? null : { key } }, none),
    ).toBe(status);
  });

  it('types are read with and without the mark of the system', () => {
    expect(['[System] Incident', 'incident', 'Canary', null].map(typeOf)).toEqual([
      'incident',
      'incident',
      'other',
      null,
    ]);
  });
});

describe('searches of queues', () => {
  const words = {
    context: { settings: Settings.parse({ url: 'acme' }), pseudonymise: (kind: string) => `${kind}:x` },
    roles: { codes: new Map([['severity', 'customfield_1']]), team: null },
    fields: [{ id: 'customfield_1', name: 'Severity', untranslatedName: null, custom: true, schema: null }],
    statuses: new Map([
      [
        '4',
        { id: '4', name: 'Warten', untranslatedName: 'Waiting for customer', statusCategory: { key: 'indeterminate' } },
      ],
    ]),
    priorities: [{ id: '1', name: 'Highest' }],
    organisations: [],
  } as unknown as Parameters<typeof toQueue>[2];
  const read = (jql: string | null) => {
    const { condition_terms: terms, unread_conditions: unread } = toQueue({ id: '1', jql }, '1', words);
    return [terms, unread];
  };

  it.each<[string | null, readonly string[] | null, number | null]>([
    ['assignee = currentUser()', ['assignee:self'], 0],
    ['assignee is not EMPTY', ['assignee:*'], 0],
    ['status not in ("Waiting for customer")', ['!status:pending'], 0],
    ['NOT priority = Highest', ['!priority:1'], 0],
    ['(priority = Highest)', ['priority:1'], 0],
    ['cf[1] = "S1, and more"', ['field:customfield_1=S1, and more'], 0],
    ['summary ~ "a AND b" AND status WAS Open', ['text'], 1],
    ['priority = Highest OR assignee is EMPTY', [], 1],
    ['organizations = "Nobody knows"', [], 1],
    ['', [], 0],
    [null, null, null],
  ])('%s', (jql, terms, unread) => {
    expect(read(jql)).toEqual([terms, unread]);
  });
});
