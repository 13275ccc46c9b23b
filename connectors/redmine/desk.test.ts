import { describe, expect, it } from 'vitest';
import { namesOf } from '../../test/conformance/vendor-run.ts';
import { type DeskRows, readDesk } from '../../test/harness/read-desk.ts';
import { BIG } from '../../test/harness/redmine.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';
import { rowsOf, syncedDesk, syncWhole } from '../../test/harness/synced-desk.ts';

const syncWith = (settings = {}, without: readonly string[] = []) => syncWhole(redmineCase, { settings, without });

/** Changes of one kind of an issue, in their order. */
function changesOf(rows: DeskRows, ticket: string, kind: string, field: string | null = null) {
  return rowsOf(rows, 'event', ticket)
    .filter((one) => one.kind === kind && one.field === field)
    .map((one) => [one.initial, one.from_value, one.to_value]);
}

describe('the Redmine of the tests', () => {
  const { rows, shows, pick } = syncedDesk(() => syncWith());

  it('gives the names by which a desk points to an issue', () => {
    expect(pick('ticket', '1', 'reference_keys')).toEqual([
      namesOf('https://redmine.desk.example/issues/1', 'redmine.desk.example/issues/1', 'redmine/1'),
    ]);
  });

  it('gives issues of the projects that are read, closed ones too', () => {
    expect(Object.keys(rows.ticket ?? {}).sort()).toEqual(['1', '2', '3', '4', '6', '7', BIG].sort());
    expect(pick('ticket', '1', 'status', 'vendor_status', 'priority_rank', 'vendor_priority', 'type')).toEqual([
      'closed',
      'Closed',
      1,
      'Immediate',
      'question',
    ]);
    expect(pick('ticket', '1', 'product', 'category', 'severity', 'cause_code')).toEqual(['mail', '81', '7', 'config']);
    // 1.25 hours; the day of the opening counts no longer once it is closed again.
    expect(pick('ticket', '1', 'billable_s', 'organisation_id', 'brand', 'reported_closed_at')).toEqual([
      4500,
      '1',
      null,
      new Date('2026-03-02T15:00:00Z'),
    ]);
    // The usual priority, the default component and an unticked box say nothing.
    expect(pick('ticket', '2', 'filled_fields')).toEqual([['cf.64']]);
    expect(pick('ticket', '1', 'filled_fields')).toEqual([
      ['category', 'cf.61', 'cf.62', 'cf.63', 'cf.64', 'priority', 'version'],
    ]);
    expect(['2', '3', '4', BIG, '6', '7'].map((id) => rows.ticket?.[id]?.status)).toEqual([
      'new',
      'solved',
      'pending',
      'hold',
      'closed',
      'open',
    ]);
    // Opened again after it was closed: the vendor keeps its stamp, which is none any more.
    expect(pick('ticket', BIG, 'reported_closed_at')).toEqual([null]);
  });

  it('tells who reports: members with rights, customers, programs, and anonymous people who may be anybody', () => {
    const reporter = (id: string) => pick('ticket', id, 'created_by', 'requester_is_agent');
    expect(reporter('1')).toEqual(['customer', false]);
    expect(reporter('2')).toEqual(['agent', true]);
    // Joe has an account and is member of no project.
    expect(reporter('3')).toEqual(['customer', false]);
    expect(reporter('4')).toEqual([null, false]);
    expect(reporter('6')).toEqual(['machine', true]);
  });

  it('works values at creation out, and follows owners, moves, codes and reopenings', () => {
    expect(changesOf(rows, '1', 'status')).toEqual([
      [true, null, 'new'],
      [false, 'new', 'open'],
      [false, 'open', 'closed'],
      [false, 'closed', 'open'],
      [false, 'open', 'closed'],
    ]);
    expect(changesOf(rows, '1', 'priority')).toEqual([
      [true, null, '3'],
      [false, '3', '1'],
    ]);
    expect(changesOf(rows, '1', 'group')).toEqual([
      [false, null, '50'],
      [false, '50', null],
    ]);
    expect(changesOf(rows, '1', 'assignee')).toEqual([[false, null, '12']]);
    expect(changesOf(rows, '1', 'field', 'project')).toEqual([
      [true, null, '1'],
      [false, '1', '2'],
      [false, '2', '1'],
    ]);
    expect(changesOf(rows, '1', 'field', 'cf.61')).toEqual([[false, null, 'config']]);
    expect(changesOf(rows, '1', 'field', 'cf.62')).toEqual([[true, null, 'mail']]);
    expect(changesOf(rows, '1', 'link')).toEqual([[false, null, '30']]);
    expect(changesOf(rows, BIG, 'escalation')).toEqual([[false, null, 'state:7']]);
    // The issue as the list gave it does not know of what was written behind the bound.
    expect(changesOf(rows, '3', 'status').at(-1)).toEqual([false, 'new', 'solved']);
    const actors = Object.values(rows.event ?? {}).filter((one) => one.ticket_id === '1' && one.kind === 'status');
    expect(actors.sort((a, b) => Number(a.seq) - Number(b.seq)).map((one) => [one.actor, one.actor_id])).toEqual([
      ['customer', null],
      ['agent', '12'],
      ['agent', '12'],
      ['customer', null],
      ['agent', '12'],
    ]);
  });

  it('tells notes from changes without words, internal ones from those that customers see', () => {
    const said = (id: string) => pick('message', id, 'seq', 'author', 'author_id', 'public', 'auto_reply');
    expect(said('1:opening')).toEqual([0, 'customer', null, true, false]);
    expect(said('502')).toEqual([1, 'agent', '12', true, false]);
    expect(said('503')).toEqual([2, 'agent', '12', false, false]);
    expect(said('507')).toEqual([3, 'customer', null, true, false]);
    expect(said('509')).toEqual([4, 'machine', null, true, true]);
    expect(['501', '504', '506', '508', '510', '522'].filter((id) => rows.message?.[id] !== undefined)).toEqual([]);
  });

  it('finds pages of wikis in texts, by name and by address', () => {
    const pages = Object.values(rows.article ?? {});
    expect(pages.map((one) => one.category).sort()).toEqual(['1', '1', '2']);
    const [reset] = pages.filter((one) => one.category === '2');
    expect(rows.message?.['502']?.article_ids).toEqual([reset?.id]);
    const linked = rows.message?.['1:opening']?.article_ids as string[];
    expect(linked).toHaveLength(1);
    expect(rows.article?.[String(linked[0])]?.edited_at).toEqual(new Date('2026-01-10T00:00:00Z'));
    expect(reset?.public).toBe(true);
  });

  it('connects issues with each other, with other teams and with other trackers', () => {
    const link = (id: string) => pick('link', id, 'kind', 'system', 'linked_at', 'closed_at', 'closed_as');
    expect(link('relation:401:1')).toEqual([
      'issue',
      'redmine',
      new Date('2026-03-02T14:00:00Z'),
      new Date('2026-03-05T08:00:00Z'),
      'fixed',
    ]);
    expect(link('relation:402:1')).toEqual(['incident', null, null, null, null]);
    expect(link('relation:402:3')).toEqual(['related', null, null, null, null]);
    expect(pick('link', 'parent:2', 'kind', 'target_key')).toEqual(['related', '1']);
    expect(pick('link', '1:opening:issue:0', 'kind', 'system')).toEqual(['issue', 'jira']);
  });

  it('takes those who may edit issues, and administrators, for agents', () => {
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['1', '11', '12', '13', '14']);
    expect(pick('agent', '1', 'role', 'active')).toEqual(['admin', true]);
    expect(pick('agent', '12', 'role', 'human', 'department')).toEqual(['agent', true, 'support']);
    expect(pick('agent', '13', 'role', 'human')).toEqual(['integration', false]);
    expect(pick('agent', '14', 'active')).toEqual([false]);
    expect(pick('team', '50', 'purpose', 'tier')).toEqual(['support', 1]);
    expect(pick('team', '51', 'purpose', 'tier')).toEqual(['escalation', 2]);
    // Clients only report; Jane is in the group of the first line and is no agent.
    expect(rows.team?.['52']).toBeUndefined();
    expect(Object.keys(rows.membership ?? {}).sort()).toEqual(['11 51', '12 50', '14 50']);
  });

  it('gives customers, categories that assign, and what fields ask for', () => {
    expect(pick('organisation', '2', 'tier', 'tier_rank')).toEqual(['Platinum', 1]);
    expect(pick('organisation', '5', 'tier', 'tier_rank')).toEqual([null, null]);
    expect(rows.organisation?.['3']).toBeUndefined();
    expect(pick('automation', 'routing category:1:81', 'condition_terms', 'action_terms')).toEqual([
      ['field:category=81'],
      ['group:50'],
    ]);
    expect(pick('automation', 'routing category:1:82', 'actions')).toEqual([['set_assignee']]);
    expect(rows.automation?.['routing category:1:83']).toBeUndefined();
    expect(pick('automation', 'field cf.61', 'condition_terms', 'required_fields')).toEqual([
      ['holds:code', 'role:cause'],
      ['cf.61'],
    ]);
    expect(pick('automation', 'field cf.64', 'condition_terms')).toEqual([['holds:text']]);
    expect(rows.automation?.['field cf.71']).toBeUndefined();
  });

  it('says what it shows and why not', () => {
    expect(shows('tickets')).toMatchObject({ status: 'available', detail: null });
    expect(shows('tickets')?.fields).not.toContain('brand');
    expect(shows('csat')).toMatchObject({ status: 'absent' });
  });
});

describe('a Redmine that is set up or shown in another way', () => {
  it('takes projects for teams where they are', async () => {
    const { rows } = await syncWith({ projectsAre: 'teams' });
    expect(rows.ticket?.['1']?.group_id).toBe('project:1');
    // The group 50 holds it until Bob takes it, then it is moved to another project and back.
    expect(changesOf(rows, '1', 'group')).toEqual([
      [true, null, 'project:1'],
      [false, 'project:1', '50'],
      [false, '50', 'project:1'],
      [false, 'project:1', 'project:2'],
      [false, 'project:2', 'project:1'],
    ]);
    expect(Object.keys(rows.organisation ?? {})).toEqual([]);
    expect(Object.keys(rows.team ?? {}).sort()).toEqual(['50', '51', 'project:1', 'project:2', 'project:5']);
  });

  it('takes the roles that people name for agents', async () => {
    const { rows } = await syncWith({ agentRoles: ['manager'] });
    expect(Object.keys(rows.agent ?? {}).sort()).toEqual(['1', '11']);
    expect(rows.message?.['502']?.author).toBe('customer');
  });

  it('does not tell sides apart without members', async () => {
    const { rows, shows } = await syncWith({}, ['memberships']);
    expect(rows.ticket?.['1']?.created_by).toBeNull();
    expect(rows.message?.['503']?.author).toBe('agent');
    expect(rows.message?.['502']?.author).toBeNull();
    expect(shows('agents')?.status).toBe('permission');
  });

  it('goes on without what only administrators may see', async () => {
    const { rows, shows } = await syncWith({}, ['users', 'custom_fields']);
    expect(rows.agent?.['14']).toMatchObject({ active: true, created_at: null });
    expect(shows('agents')?.fields).not.toContain('created_at');
    for (const field of ['product', 'severity', 'cause_code']) expect(shows('tickets')?.fields).not.toContain(field);
    expect(rows.ticket?.['1']?.cause_code).toBeNull();
    expect(rows.ticket?.['1']?.category).toBe('81');
  });

  it('reads nothing where a project that was named is not seen', async () => {
    const spec = { ...redmineCase, settings: { ...redmineCase.settings, projects: ['support', 'nowhere'] } };
    const { rows, error, result } = await readDesk(spec);
    expect(error ?? result?.error).toMatchObject({ code: 'UNKNOWN_NAME' });
    expect(Object.keys(rows.ticket ?? {})).toEqual([]);
  });
});
