import type { AdminStep, RedmineServer } from './redmine-server.ts';

type Json = Record<string, unknown>;

/** Ids and keys of the desk that `fillRedmine` makes; what is to be expected of it is read from the database by the tests. */
export interface RedmineDesk {
  /** Key of a member with the least rights that the connector's README names. */
  readonly readerKey: string;
  /** Key of a member of one project whose role sees neither private notes nor private issues. */
  readonly limitedKey: string;
  /** Key of a user who is member of nothing. */
  readonly strangerKey: string;
  readonly people: Readonly<Record<(typeof PEOPLE)[number], string>>;
  readonly groups: { readonly first: string; readonly escalation: string };
  readonly projects: { readonly support: string; readonly vip: string; readonly dev: string };
  readonly category: string;
  readonly issues: Readonly<Record<Scene, string>>;
  readonly fields: { readonly cause: string };
}

const PEOPLE = ['ann', 'bob', 'cid', 'dee', 'jane', 'joe', 'reader', 'limited', 'stranger'] as const;
export type Scene =
  | 'reopened'
  | 'escalated'
  | 'related'
  | 'foreign'
  | 'child'
  | 'hidden'
  | 'rejected'
  | 'late'
  | 'doomed';
export const BULK = 95;

const STATUS = { open: 2, resolved: 3, feedback: 4, closed: 5, rejected: 6 };
const ROLE = { manager: 3, developer: 4, reporter: 5 };
const READER_RIGHTS = ['view_issues', 'view_private_notes', 'view_time_entries', 'view_wiki_pages', 'view_members'];

/** A client of the REST interface that acts as whoever is named, with the administrator's key. */
export function redmineClient(server: RedmineServer) {
  return async (who: string, method: string, path: string, body?: Json): Promise<Json> => {
    const reply = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        'x-redmine-api-key': server.adminKey,
        'content-type': 'application/json',
        ...(who === 'admin' ? {} : { 'x-redmine-switch-user': who }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} as ${who}: ${reply.status} ${text}`);
    return text.trim() === '' ? {} : (JSON.parse(text) as Json);
  };
}

/** Makes people, rights, projects and issues on a running Redmine, through its REST interface. */
export async function fillRedmine(server: RedmineServer): Promise<RedmineDesk> {
  const call = redmineClient(server);
  const made = async (path: string, key: string, value: Json, who = 'admin'): Promise<Json> =>
    (await call(who, 'POST', path, { [key]: value }))[key] as Json;
  const step = (...one: AdminStep): AdminStep => one;
  const [reading, little, cause] = (
    await server.admin([
      step('role', { name: 'Reads all', permissions: READER_RIGHTS, sees: 'all' }),
      step('role', { name: 'Reads little', permissions: ['view_issues', 'add_issues'], sees: 'default' }),
      step('field', { name: 'Root cause', values: ['config', 'defect'] }),
      step('field', { name: 'Customer tier', values: ['Gold', 'Silver'], of: 'project' }),
    ])
  ).map(Number) as [number, number, number];

  const logins: readonly string[] = PEOPLE;
  const users: Json[] = [];
  for (const login of PEOPLE)
    users.push(
      await made('/users.json', 'user', {
        login,
        firstname: login,
        lastname: 'Person',
        mail: `${login}@plumb.test`,
        password: 'secret-of-a-test-user',
      }),
    );
  const person = (login: string) => users[logins.indexOf(login)] ?? {};
  const idOf = (login: string) => Number(person(login).id);
  const first = await made('/groups.json', 'group', { name: 'Support Tier 1', user_ids: [idOf('ann'), idOf('bob')] });
  const second = await made('/groups.json', 'group', { name: 'Escalations', user_ids: [idOf('cid'), idOf('dee')] });
  const projects: Json[] = [];
  for (const identifier of ['support', 'vip', 'dev'])
    projects.push(
      await made('/projects.json', 'project', {
        name: `Project ${identifier}`,
        identifier,
        is_public: false,
        enabled_module_names: ['issue_tracking', 'time_tracking', ...(identifier === 'dev' ? [] : ['wiki'])],
      }),
    );
  const [support, vip, dev] = projects.map((one) => Number(one.id)) as [number, number, number];
  const member = (project: number, id: unknown, role: number) =>
    call('admin', 'POST', `/projects/${project}/memberships.json`, { membership: { user_id: id, role_ids: [role] } });
  for (const project of [support, vip]) {
    for (const group of [first, second]) await member(project, group.id, ROLE.manager);
    for (const login of ['jane', 'joe']) await member(project, idOf(login), ROLE.reporter);
    await member(project, idOf('reader'), reading);
  }
  await member(dev, idOf('cid'), ROLE.developer);
  await member(vip, idOf('limited'), little);
  const category = await made(`/projects/${support}/issue_categories.json`, 'issue_category', {
    name: 'Login trouble',
    assigned_to_id: first.id,
  });
  for (const [project, title] of [
    [support, 'How_to_log_in'],
    [vip, 'Reset'],
  ])
    await call('ann', 'PUT', `/projects/${project}/wiki/${title}.json`, { wiki_page: { text: 'some text' } });

  const open = async (who: string, more: Json = {}): Promise<string> =>
    String(
      (
        await made(
          '/issues.json',
          'issue',
          { project_id: support, tracker_id: 3, subject: 'made by hand', description: 'some text', ...more },
          who,
        )
      ).id,
    );
  const change = (who: string, id: string, more: Json) => call(who, 'PUT', `/issues/${id}.json`, { issue: more });

  for (let i = 0; i < BULK; i++) {
    const id = await open(i % 2 === 0 ? 'jane' : 'joe', {
      priority_id: (i % 5) + 1,
      project_id: i % 4 === 0 ? vip : support,
    });
    if (i % 10 === 0) await change('ann', id, { status_id: STATUS.open, notes: 'some words' });
  }

  const reopened = await open('jane');
  await change('ann', reopened, { status_id: STATUS.open, notes: 'some words, see [[How to log in]]' });
  await change('ann', reopened, { status_id: STATUS.closed, custom_fields: [{ id: cause, value: 'config' }] });
  await change('jane', reopened, { notes: 'it is back' });
  await change('bob', reopened, { status_id: STATUS.open, notes: 'only for us', private_notes: true });
  await change('bob', reopened, { status_id: STATUS.closed, custom_fields: [{ id: cause, value: 'defect' }] });

  const escalated = await open('joe', { category_id: category.id });
  await change('ann', escalated, { assigned_to_id: idOf('ann') });
  await change('ann', escalated, { project_id: vip });
  await change('ann', escalated, { assigned_to_id: second.id, priority_id: 5 });
  await change('cid', escalated, { assigned_to_id: idOf('cid'), notes: 'taken', status_id: STATUS.feedback });
  await change('cid', escalated, { assigned_to_id: '' });

  const related = await open('joe');
  const foreign = await open('cid', { project_id: dev, tracker_id: 1 });
  await call('cid', 'POST', `/issues/${related}/relations.json`, {
    relation: { issue_to_id: reopened, relation_type: 'relates' },
  });
  await call('admin', 'POST', `/issues/${related}/relations.json`, {
    relation: { issue_to_id: foreign, relation_type: 'blocks' },
  });
  await change('cid', foreign, { status_id: STATUS.resolved, notes: 'done' });
  await change('admin', related, { notes: 'see https://jira.plumb.test/browse/CORE-17' });

  const child = await open('bob', { parent_issue_id: related });
  const hidden = await open('ann', { project_id: vip, is_private: true });
  const rejected = await open('jane', { project_id: vip });
  await change('bob', rejected, { status_id: STATUS.rejected });
  await change('bob', rejected, { notes: 'in secret', private_notes: true });
  await made('/time_entries.json', 'time_entry', { issue_id: rejected, hours: 1.5, activity_id: 8 });
  const late = await open('jane');
  const doomed = await open('jane');
  // Still a member, yet no longer active.
  await call('admin', 'PUT', `/users/${idOf('dee')}.json`, { user: { status: 3 } });

  return {
    readerKey: String(person('reader').api_key),
    limitedKey: String(person('limited').api_key),
    strangerKey: String(person('stranger').api_key),
    people: Object.fromEntries(PEOPLE.map((login) => [login, String(idOf(login))])) as RedmineDesk['people'],
    groups: { first: String(first.id), escalation: String(second.id) },
    projects: { support: String(support), vip: String(vip), dev: String(dev) },
    category: String(category.id),
    issues: { reopened, escalated, related, foreign, child, hidden, rejected, late, doomed },
    fields: { cause: String(cause) },
  };
}

/**
 * Moves every issue with its journals into the past, by a different time each, so that changes are spread over weeks; the newest 40 then share one
 * instant of last change.
 */
export async function spreadIssues(server: RedmineServer): Promise<void> {
  const back = (column: string, issue: string): string =>
    `${column} = datetime(${column}, '-' || (2 + ${issue} * 11) || ' hours')`;
  for (const column of ['created_on', 'updated_on', 'closed_on'])
    await server.sql(`UPDATE issues SET ${back(column, 'id')} WHERE ${column} IS NOT NULL`);
  await server.sql(`UPDATE journals SET ${back('created_on', 'journalized_id')}`);
  const newest = 'SELECT id FROM issues ORDER BY id DESC LIMIT 40';
  await server.sql(
    `UPDATE issues SET updated_on = (SELECT max(updated_on) FROM issues WHERE id IN (${newest})) WHERE id IN (${newest})`,
  );
}
