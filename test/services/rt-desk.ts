import type { AdminStep, RtServer } from './rt-server.ts';

/** Ids and secrets of the desk that `fillDesk` makes; what is to be expected of it is read from the database by the tests. */
export interface RtDesk {
  /** Token of a user with the least rights that the connector asks for. */
  readonly readerToken: string;
  /** Token of a user that sees one queue of four, and neither notes nor mail records there. */
  readonly limitedToken: string;
  /** Token of a privileged user without any right. */
  readonly strangerToken: string;
  /** Token of a user that is not privileged. */
  readonly customerToken: string;
  readonly tickets: Readonly<Record<Scene, string>>;
  readonly articles: readonly string[];
  readonly topic: string;
}

const SCENES = [
  'reopened',
  'escalated',
  'merged',
  'survivor',
  'mergedDuplicate',
  'deleted',
  'undeleted',
  'linked',
  'article',
  'monitored',
  'internal',
  'stalled',
  'rejected',
  'vacation',
  'hidden',
] as const;
export type Scene = (typeof SCENES)[number];

const STAFF_RIGHTS = [
  'SeeQueue',
  'ShowTicket',
  'ShowTicketComments',
  'CreateTicket',
  'ReplyToTicket',
  'CommentOnTicket',
  'OwnTicket',
  'TakeTicket',
  'StealTicket',
  'ReassignTicket',
  'ModifyTicket',
  'DeleteTicket',
  'SeeCustomField',
  'ModifyCustomField',
  'ShowArticle',
  'SeeClass',
];

/** The least rights of the connector's README. */
export const READER_RIGHTS = [
  'SeeQueue',
  'ShowTicket',
  'ShowTicketComments',
  'ShowOutgoingEmail',
  'SeeCustomField',
  'SeeGroup',
  'SeeClass',
  'ShowArticle',
];

const PEOPLE = ['ann', 'bob', 'cid', 'dee'] as const;
const PASSWORD = 'secret-of-a-test-user';
export const BULK_MAILS = 56;
export const BULK_WEB = 44;

/** Makes people, rights, queues and tickets on a running RT, through REST 2.0 and RT's own mail gateway. */
export async function fillDesk(server: RtServer): Promise<RtDesk> {
  const call = restClient(server);
  for (const name of ['Support Tier 1', 'Support Tier 2', 'Escalation', 'Hidden'])
    await call('root', 'POST', '/queue', { Name: name });
  await call('root', 'POST', '/class', { Name: 'FAQ' });
  const person = (name: string, extra: Record<string, unknown> = {}): AdminStep => [
    'user',
    { Name: name, EmailAddress: `${name}@plumb.test`, Password: PASSWORD, Privileged: 1, ...extra },
  ];
  const setup = await server.admin([
    ...PEOPLE.map((name) => person(name)),
    person('reader'),
    person('limited'),
    person('stranger'),
    person('selfservice', { Privileged: 0 }),
    ['user', { Name: 'cust0@acme.test', EmailAddress: 'cust0@acme.test', Privileged: 0, Organization: 'Acme Corp' }],
    ['user', { Name: 'cust1@acme.test', EmailAddress: 'cust1@acme.test', Privileged: 0, Organization: 'acme corp ' }],
    ['user', { Name: 'cust2@beta.test', EmailAddress: 'cust2@beta.test', Privileged: 0, Organization: 'Beta Ltd' }],
    ['group', { name: 'First line', members: ['ann', 'bob'] }],
    ['group', { name: 'Escalation crew', members: ['cid', 'dee'] }],
    ...['First line', 'Escalation crew'].map((group): AdminStep => ['grant', { group, rights: STAFF_RIGHTS }]),
    ['grant', { group: 'Everyone', rights: ['CreateTicket', 'ReplyToTicket'] }],
    ['grant', { user: 'reader', rights: READER_RIGHTS }],
    ['grant', { user: 'limited', rights: ['SeeQueue', 'ShowTicket'], queue: 'Support Tier 1' }],
    ['field', { name: 'Topic', type: 'Select', values: ['login', 'billing', 'shipping'] }],
    ...['reader', 'limited', 'stranger', 'selfservice'].map((user): AdminStep => ['token', { user }]),
  ]);
  const topic = String(setup.at(-5));
  const [readerToken, limitedToken, strangerToken, customerToken] = setup.slice(-4).map(String) as [
    string,
    string,
    string,
    string,
  ];

  const mail = (from: string, subject: string, extra: readonly string[] = [], queue = 'Support Tier 1'): AdminStep => [
    'mail',
    {
      queue,
      message: [`From: <${from}>`, 'To: rt@plumb.test', `Subject: ${subject}`, ...extra, '', 'Please help.', ''].join(
        '\n',
      ),
    },
  ];
  const reply = (ticket: string, from: string, extra: readonly string[] = []): AdminStep =>
    mail(from, `Re: [plumb.test #${ticket}] help`, extra);
  const mails = (steps: readonly AdminStep[]): Promise<string[]> => server.admin(steps).then((ids) => ids.map(String));

  const bulk = mails(
    Array.from({ length: BULK_MAILS }, (_, i) =>
      mail(`cust${i % 20}@acme.test`, `bulk ${i}`, [], i % 5 === 0 ? 'Support Tier 2' : 'Support Tier 1'),
    ),
  );
  await bulk;
  const open = async (who: string, fields: Record<string, unknown>): Promise<string> =>
    String(
      (
        await call(who, 'POST', '/ticket', {
          Queue: 'Support Tier 1',
          Subject: 'made by hand',
          Content: 'text',
          ...fields,
        })
      ).id,
    );
  const put = (who: string, ticket: string, fields: Record<string, unknown>) =>
    call(who, 'PUT', `/ticket/${ticket}`, fields);
  const say = (who: string, ticket: string, kind: 'correspond' | 'comment') =>
    call(who, 'POST', `/ticket/${ticket}/${kind}`, { Content: 'some text', ContentType: 'text/plain' });
  for (let i = 0; i < BULK_WEB; i += 4)
    await Promise.all(
      [0, 1, 2, 3].map(async (k) => {
        const who = k % 2 === 0 ? 'ann' : 'bob';
        const id = await open(who, { Requestor: [`cust${(i + k) % 7}@beta.test`], Priority: ((i + k) % 5) * 25 });
        if (k === 0) await say(who, id, 'correspond');
      }),
    );

  const [reopened, merged, survivor, deleted, undeleted, monitored, vacation, hidden] = (await mails([
    mail('cust1@acme.test', 'reopened'),
    mail('cust1@acme.test', 'merged'),
    mail('cust1@acme.test', 'survivor'),
    mail('spam@spam.test', 'deleted'),
    mail('cust2@beta.test', 'undeleted'),
    mail('nagios@hosts.test', 'disk full', ['Auto-Submitted: auto-generated']),
    mail('cust2@beta.test', 'vacation'),
    mail('cust2@beta.test', 'hidden', [], 'Hidden'),
  ])) as [string, string, string, string, string, string, string, string];
  const [escalated, mergedDuplicate, linked, article, internal, stalled, rejected] = [
    await open('ann', { Requestor: ['cust0@acme.test'], Priority: 0 }),
    await open('ann', { Requestor: ['cust1@acme.test'] }),
    await open('ann', { Requestor: ['cust1@acme.test'] }),
    await open('ann', { Requestor: ['cust2@beta.test'] }),
    await open('bob', { Requestor: ['bob@plumb.test'] }),
    await open('bob', { Requestor: ['cust2@beta.test'] }),
    await open('bob', { Requestor: ['cust2@beta.test'] }),
  ];

  // Solved, then answered by the customer: RT's own rule opens it again.
  await call('ann', 'PUT', `/ticket/${reopened}/take`, {});
  await say('ann', reopened, 'correspond');
  await put('ann', reopened, { Status: 'resolved' });
  await server.admin([reply(reopened, 'cust1@acme.test')]);
  await say('ann', reopened, 'comment');
  await put('ann', reopened, { Status: 'resolved' });

  // Through three queues and three owners, with a rising priority.
  await call('ann', 'PUT', `/ticket/${escalated}/take`, {});
  await put('ann', escalated, { Priority: 50 });
  await put('ann', escalated, { Queue: 'Support Tier 2' });
  await call('cid', 'PUT', `/ticket/${escalated}/steal`, {});
  await say('cid', escalated, 'comment');
  await put('cid', escalated, { Queue: 'Escalation', Priority: 90 });
  await put('cid', escalated, { Owner: 'dee' });
  await put('dee', escalated, { Owner: 'Nobody' });

  await say('ann', merged, 'correspond');
  await put('ann', merged, { MergeInto: survivor });
  await put('ann', mergedDuplicate, { MergeInto: survivor });
  await say('ann', survivor, 'correspond');

  await call('ann', 'DELETE', `/ticket/${deleted}`);
  await call('ann', 'DELETE', `/ticket/${undeleted}`);
  await put('ann', undeleted, { Status: 'open' });

  await put('ann', linked, { CustomFields: { [topic]: 'login' } });
  await put('ann', linked, { CustomFields: { [topic]: 'billing' } });
  await put('ann', linked, { AddRefersTo: 'https://jira.plumb.test/browse/CORE-17' });
  await put('ann', linked, { AddDependsOn: reopened });

  const made: string[] = [];
  for (const name of ['How to log in', 'How to pay'])
    made.push(String((await call('root', 'POST', '/article', { Class: 'FAQ', Name: name })).id));
  await put('ann', article, { AddRefersTo: `a:${made[0]}` });
  await say('ann', article, 'correspond');
  await call('root', 'PUT', `/article/${made[1]}`, { RefersTo: `t:${survivor}` });

  await say('ann', internal, 'correspond');
  await say('bob', internal, 'correspond');
  await put('bob', stalled, { Status: 'open' });
  await put('bob', stalled, { Status: 'stalled' });
  await put('bob', rejected, { Status: 'rejected' });
  await server.admin([reply(vacation, 'cust2@beta.test', ['Auto-Submitted: auto-replied'])]);
  // Last, since each of them gets a mail for every ticket.
  await server.admin([
    ['watcher', { queue: 'Support Tier 1', group: 'First line' }],
    ['watcher', { queue: 'Support Tier 2', user: 'cid' }],
  ]);
  // Still privileged, so still a member of the desk, yet no longer active.
  await call('root', 'PUT', '/user/dee', { Disabled: 1 });

  return {
    readerToken,
    limitedToken,
    strangerToken,
    customerToken,
    topic,
    articles: made,
    tickets: {
      reopened,
      escalated,
      merged,
      survivor,
      mergedDuplicate,
      deleted,
      undeleted,
      linked,
      article,
      monitored,
      internal,
      stalled,
      rejected,
      vacation,
      hidden,
    },
  };
}

/**
 * Moves every ticket with its history into the past, by a different time each, so that changes are spread over months; the newest 40
 * then share one instant of last change. Only while RT is stopped.
 */
export async function spreadTimes(server: RtServer): Promise<void> {
  const back = (column: string, ticket: string): string =>
    `${column} = datetime(${column}, '-' || (2 + ${ticket} * 11) || ' hours')`;
  const ticketDates = ['Created', 'LastUpdated', 'Started', 'Resolved', 'Told'];
  for (const column of ticketDates)
    await server.sql(`UPDATE Tickets SET ${back(column, 'id')} WHERE ${column} > '1971-01-01'`);
  await server.sql(`UPDATE Transactions SET ${back('Created', 'ObjectId')} WHERE ObjectType = 'RT::Ticket'`);
  await server.sql(
    `UPDATE Tickets SET LastUpdated = (SELECT max(LastUpdated) FROM Tickets WHERE id IN (SELECT id FROM Tickets ORDER BY id DESC LIMIT 40))
     WHERE id IN (SELECT id FROM Tickets ORDER BY id DESC LIMIT 40)`,
  );
}

export function restClient(server: RtServer) {
  return async (who: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const password = who === 'root' ? server.rootPassword : PASSWORD;
    const reply = await fetch(`${server.url}/REST/2.0${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${who}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} as ${who}: ${reply.status} ${text}`);
    const data: unknown = text === '' ? {} : JSON.parse(text);
    if (Array.isArray(data) && data.some((line) => /denied|may not|could not|invalid/i.test(String(line))))
      throw new Error(`${method} ${path} as ${who}: ${data.join('; ')}`);
    return data as Record<string, unknown>;
  };
}
