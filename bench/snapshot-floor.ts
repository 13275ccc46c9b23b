import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { cost } from './measure.ts';

/**
 * The floor of a snapshot: what an engineer would write by hand for the same kinds of figures, as one script without packs, guard, row
 * contract, reasons or intervals. Facts of tickets are made once, each grain is read in one pass; README.md says what it leaves out.
 * Usage: `snapshot-floor.ts <data folder>`, over a store made by fill-store.ts.
 */
const [dataDir = '.'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(join(dataDir, 'plumbline.duckdb'), {
  access_mode: 'READ_ONLY',
  threads: '1',
});
const connection = await instance.connect();
const statements: string[] = [];
const A = `TIMESTAMP '2026-03-01'`,
  H = `(${A} - INTERVAL 394 DAY)`,
  F = `(${A} - INTERVAL 90 DAY)`;
const E = `('solved','closed')`;
// ticket
statements.push(`create temp table tk as select row_number() over ()::integer as tid, k.* from telemetry.ticket k
 where created_at < ${A} and (created_at >= ${H} or status not in ${E} or coalesce(greatest(updated_at, reported_solved_at) >= ${H}, true))`);
// turn
statements.push(`create temp table turn as select t.tid, e.kind, e."at" as ts, e.seq, e.from_value, e.to_value, e.initial, e.actor, e.actor_id,
  lead(e."at") over w as next_at, lag(e.to_value) over w as prev, row_number() over w as n
  from telemetry.event e join tk t on t.connection = e.connection and t.id = e.ticket_id
  where e.kind in ('status','priority','group','assignee') and e."at" < ${A} window w as (partition by t.tid, e.kind order by e."at", e.seq)`);
// msg
statements.push(`create temp table msg as select t.tid, m."at" as ts, m.seq, m.author_id, m.template_id, m.article_ids, m.promised_reply_s,
  case when m.author='customer' then 'customer' when m.author='agent' and not m.auto_reply and not m.public then 'note' when m.author='agent' and not m.auto_reply and m.seq<>0 then 'reply' when m.public and m.auto_reply then 'automatic' end as kind
  from telemetry.message m join tk t on t.connection = m.connection and t.id = m.ticket_id where m."at" < ${A}`);
// turn facts
statements.push(`create temp table tf as select tid, max(to_value) filter (kind='status' and next_at is null) as status_now, max(to_value) filter (kind='priority' and next_at is null) as priority_now,
  max(to_value) filter (kind='group' and next_at is null) as group_now, max(to_value) filter (kind='assignee' and next_at is null) as assignee_now,
  min(ts) filter (kind='status' and to_value in ${E}) as first_solved, max(ts) filter (kind='status' and to_value in ${E} and coalesce(prev not in ${E},true)) as last_solved,
  max(ts) filter (to_value='closed') as closed_at, count(*) filter (kind='status' and prev in ${E} and to_value not in ${E}) as reopens,
  count(*) filter (kind='assignee' and n>1) as owner_changes, count(*) filter (kind='group' and n>1) as group_changes, arg_min(to_value, ts) filter (kind='assignee') as first_owner, min(ts) filter (kind='assignee') as first_owner_at,
  arg_max(to_value, ts) filter (kind='priority') as p_first, min(ts) filter (actor='agent' and not initial) as first_change
  from turn group by tid`);
// msg facts
statements.push(`create temp table mf as select tid, min(ts) filter (kind='reply') as first_reply, count(*) filter (kind='reply') as replies, count(*) filter (kind='note') as notes, count(*) filter (kind='customer') as customer, min(ts) filter (kind='automatic') as ack, min(promised_reply_s) filter (kind='automatic') as promised,
  bool_or(template_id is not null) as templated, bool_or(len(article_ids)>0) as linked_article, count(distinct author_id) filter (kind='reply') as repliers from msg group by tid`);
// day
statements.push(
  `create temp table bday as select d::date as day, sum(case when isodow(d) < 6 then 32400000 else 0 end) over (order by d rows between unbounded preceding and 1 preceding) as before_ms, isodow(d)<6 as open from generate_series(${A} - interval 1100 day, ${A} + interval 30 day, interval 1 day) s(d)`,
);
const biz = (d: string, x: string): string =>
  `(${d}.before_ms + case when ${d}.open then greatest(0, least(epoch_ms(${x}) - epoch_ms(${d}.day::timestamp), 61200000) - 28800000) else 0 end)`;
// facts
statements.push(`create temp table f as select t.tid, t.connection, t.id, t.created_at, t.type, t.channel, t.group_id, t.assignee_id, t.organisation_id, t.product, t.category, t.severity, t.cause_code, t.problem_id, t.created_by, t.form, t.filled_fields, t.tags,
  case when t.deleted then 'deleted' when t.merged_into is not null then 'merged' when t.spam then 'spam' when t.test then 'test' when t.requester_is_agent then 'internal' when t.created_by='machine' then 'machine' else 'human' end as population,
  date_trunc('week', t.created_at) as week, coalesce(tf.status_now, t.status) as status_now, coalesce(tf.priority_now::int, t.priority_rank) as priority_now, tf.* exclude (tid, status_now, priority_now), mf.* exclude (tid),
  least(mf.first_reply, tf.first_change) as first_touch, epoch(mf.first_reply - t.created_at) as reply_s, epoch(tf.last_solved - t.created_at) as solve_s,
  (${biz('dr', 'mf.first_reply')} - ${biz('dc', 't.created_at')})/1000.0 as reply_bs, (${biz('ds', 'tf.last_solved')} - ${biz('dc', 't.created_at')})/1000.0 as solve_bs, not dc.open or hour(t.created_at) not between 8 and 16 as off_hours, org.tier, org.tier_rank, org.partner, md5(t.connection || chr(0) || t.id) as draw
  from tk t left join tf using (tid) left join mf using (tid) left join telemetry.organisation org on org.connection = t.connection and org.id = t.organisation_id
  left join bday dc on dc.day = t.created_at::date left join bday dr on dr.day = mf.first_reply::date left join bday ds on ds.day = tf.last_solved::date`);
// 26 signals of tickets: one pass
const T = [
  'reply_s < 14400',
  'priority_now is not null',
  'first_owner is not null',
  'product is not null',
  'category is not null',
  'severity is not null',
  'cause_code is not null',
  'reopens = 0',
  'group_changes = 0',
  'owner_changes = 0',
  'templated',
  'linked_article',
  'ack is not null and ack - created_at < interval 1 minute',
  'promised is not null',
  'reply_s <= promised',
  'notes > 0',
  'problem_id is not null',
  "channel in ('web','portal')",
  'len(filled_fields) >= 3',
  'first_owner_at - created_at < interval 30 minute',
  'first_owner = assignee_now',
  'repliers = 1',
  'first_touch is not null',
  'off_hours',
  'solve_bs < 86400',
  'partner',
];
// pass tickets
statements.push(
  `create temp table p1 as select week, organisation_id, count(*) as n, ${T.map((x, i) => `count(*) filter (${x}) as k${i}, count(*) filter ((${x}) is null) as u${i}`).join(', ')} from f where population='human' and created_at >= ${F} group by 1,2`,
);
// samples tickets
statements.push(
  `create temp table s1 as select ${T.map((x, i) => `min({'d': draw, 'id': id}, 50) filter (${x}) as h${i}, min({'d': draw, 'id': id}, 50) filter (not (${x})) as m${i}`).join(', ')} from f where population='human' and created_at >= ${F}`,
);
// by agent
statements.push(
  `select author_id, count(distinct date_trunc('day', ts)), count(*), count(distinct tid) from msg where ts >= ${F} and kind in ('reply','note') group by 1`,
);
// by week of agent
statements.push(
  `select author_id, date_trunc('week', ts), count(distinct date_trunc('day', ts)) from msg where ts >= ${F} and kind in ('reply','note') group by 1,2`,
);
const C = [
  'c.met',
  'c.met and f.off_hours',
  'c.fulfilled_at <= c.breach_at',
  'c.target_s < 20000',
  'f.priority_now = 1 and c.met',
  'c.voided',
  'c.paused_s = 0',
];
// pass clocks
statements.push(
  `create temp table p2 as select c.metric, date_trunc('week', c.applied_at) as week, f.organisation_id, count(*) n, count(*) filter (c.applied_at >= ${F}) as n90, ${C.map((x, i) => `count(*) filter (${x} and c.applied_at >= ${F}) as k${i}, count(*) filter (${x}) as y${i}`).join(', ')}, ${C.map((x, i) => `min({'d': f.draw, 'id': c.id}, 50) filter (${x} and c.applied_at >= ${F}) as h${i}`).join(', ')} from telemetry.sla_clock c join f on f.connection = c.connection and f.id = c.ticket_id where c.applied_at >= ${A} - interval 365 day group by 1,2,3`,
);
// escalations
statements.push(
  `create temp table esc as select f.tid, f.organisation_id, f.problem_id, min(e."at") as ts, arg_min(e.actor_id, e."at") as who from telemetry.event e join f on f.connection = e.connection and f.id = e.ticket_id left join telemetry.team up on up.id = e.to_value and e.kind='group' left join telemetry.team dn on dn.id = e.from_value and e.kind='group' where e."at" >= ${A} - interval 180 day and e.kind in ('escalation','group','tag','field') and (e.kind = 'escalation' or up.tier > dn.tier) group by 1,2,3`,
);
// pass escalations
statements.push(
  `select date_trunc('week', ts), organisation_id, count(*), count(*) filter (near), count(*) filter (problem_id is not null) from (select *, ts - lag(ts) over (partition by organisation_id, who order by ts) < interval 60 minute as near from esc) group by 1,2`,
);
// surveys
statements.push(
  `select date_trunc('week', s.offered_at), f.organisation_id, count(*), count(answered_at), avg(score) from telemetry.csat s join f on f.connection = s.connection and f.id = s.ticket_id where s.offered_at >= ${F} group by 1,2`,
);
// links
statements.push(
  `select l.kind, l.system, date_trunc('week', l.linked_at), count(*), count(l.responded_at), count(l.closed_at), count(distinct l.target_key) from telemetry.link l join f on f.connection = l.connection and f.id = l.ticket_id where l.linked_at >= ${F} group by all`,
);
// backlog
statements.push(
  `select w, sum(o) over (order by w) from (select date_trunc('week', ts) w, sum(case when to_value in ${E} and coalesce(prev not in ${E}, true) then -1 when to_value not in ${E} and (prev in ${E} or n=1) then 1 else 0 end) o from turn where kind='status' group by 1)`,
);
// coverage
statements.push(
  `select isodow(ts)*24+hour(ts), date_trunc('week', ts), count(*) from (select ts from msg where ts >= ${F} and kind in ('reply','note') union all select created_at from f where created_at >= ${F}) group by 1,2`,
);
// stays
statements.push(
  `select to_value, count(*), sum(epoch(coalesce(next_at, ${A}) - ts)) from turn where kind='status' and ts >= ${F} group by 1`,
);
// owner spans
statements.push(
  `select to_value, count(*), count(distinct tid), avg(epoch(coalesce(next_at, ${A}) - ts)) from turn where kind in ('assignee','group') and ts >= ${F} group by 1`,
);
// rank 3x
statements.push(
  `select s, avg(r), count(*) from (select priority_now s, rank() over (order by reply_s) r from f where created_at >= ${F} and population='human') group by 1 union all select tier_rank, avg(r), count(*) from (select tier_rank, rank() over (order by reply_s) r from f where created_at >= ${F} and population='human') group by 1 union all select severity::varchar is null, avg(r), count(*) from (select severity, rank() over (order by solve_s) r from f where created_at >= ${F} and population='human') group by 1`,
);
// skill
statements.push(
  `select product||'|'||category as topic, first_owner, count(*) from f where created_at >= ${F} and population='human' group by 1,2`,
);
// medians
statements.push(
  `select quantile_cont(reply_s,[0.5,0.9]), quantile_cont(solve_s,[0.5,0.9]), quantile_cont(reply_bs,0.5), quantile_cont(solve_bs,0.5) from f where created_at >= ${F} and population='human'`,
);
// configuration
statements.push(
  `select kind, count(*), count(*) filter (active), count(*) filter (shared), count(*) filter (list_contains(condition_fields,'tier')) from telemetry.automation group by 1 union all select 'a', count(*), count(*) filter (edited_at > ${F}), 0,0 from telemetry.article union all select 'm', count(*), 0,0,0 from telemetry.membership union all select 'p', count(*),0,0,0 from telemetry.sla_policy`,
);

const used = await cost(async () => {
  for (const sql of statements) (await connection.runAndReadAll(sql)).getRows();
});
console.log(JSON.stringify({ ...used, rows: statements.length }));
