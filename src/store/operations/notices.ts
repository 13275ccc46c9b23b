import { Delivery, Notice, NoticeTarget } from '../../domain/operations.ts';
import type { SqlRow, SqlValue } from '../../domain/sql-session.ts';
import type { Operations } from '../operations-port.ts';
import {
  asJson,
  asJsonOrNull,
  checked,
  insertInto,
  insertNew,
  limitOf,
  type OperationsSql,
  olderThan,
  placesFor,
  rowReader,
  type Statements,
  upsert,
} from './operations-sql.ts';

const toTarget = rowReader(NoticeTarget, ['settings', 'kinds']);
const toNotice = rowReader(Notice, ['data']);
const toDelivery = rowReader(Delivery, ['failure']);

async function targetsOf(sql: Statements, workspace: string): Promise<NoticeTarget[]> {
  return (await sql.rows('SELECT * FROM operations.notice_target WHERE workspace = $1 ORDER BY name', [workspace])).map(
    toTarget,
  );
}

function noticeRow(notice: Notice): SqlRow {
  const { data, ...rest } = checked(Notice, notice, 'notice');
  return { ...rest, data: asJson(data) };
}

function deliveryRows(notices: readonly Notice[], targets: readonly NoticeTarget[]): SqlRow[] {
  return notices.flatMap((notice) =>
    targets
      .filter((target) => target.kinds === null || target.kinds.includes(notice.kind))
      .map((target) => ({
        notice: notice.id,
        workspace: notice.workspace,
        target: target.name,
        status: 'due',
        attempts: 0,
        next_at: notice.at,
      })),
  );
}

async function enterNotices(sql: Statements, notices: readonly Notice[]): Promise<number> {
  const added = await insertNew(sql, 'notice', 'id', notices.map(noticeRow));
  const fresh = [
    ...new Map(notices.filter((notice) => added.has(notice.id)).map((notice) => [notice.id, notice])).values(),
  ];
  for (const workspace of new Set(fresh.map((notice) => notice.workspace))) {
    const own = fresh.filter((notice) => notice.workspace === workspace);
    const rows = deliveryRows(own, await targetsOf(sql, workspace));
    for (const statement of insertInto('delivery', rows, 'ON CONFLICT DO NOTHING'))
      await sql.rows(statement.sql, statement.params);
  }
  return added.size;
}

type Part = Pick<
  Operations,
  | 'noticeTargets'
  | 'saveNoticeTarget'
  | 'removeNoticeTarget'
  | 'addNotices'
  | 'notices'
  | 'notice'
  | 'lastNotice'
  | 'deliveries'
  | 'dueDeliveries'
  | 'endDelivery'
>;

export function sqlNotices(db: OperationsSql): Part {
  return {
    async noticeTargets(workspace) {
      return targetsOf(db, workspace);
    },
    async saveNoticeTarget(target) {
      const { settings, kinds, ...rest } = checked(NoticeTarget, target, 'notice target');
      const row = { ...rest, settings: asJson(settings), kinds: asJsonOrNull(kinds) };
      const { sql, params } = upsert('notice_target', ['workspace', 'name'], row);
      await db.rows(sql, params);
    },
    async removeNoticeTarget(workspace, name) {
      return db.transaction(async (sql) => {
        // What was on its way there has nowhere to go any more.
        await sql.rows(`DELETE FROM operations.delivery WHERE workspace = $1 AND target = $2 AND status = 'due'`, [
          workspace,
          name,
        ]);
        const removed = await sql.rows(
          'DELETE FROM operations.notice_target WHERE workspace = $1 AND name = $2 RETURNING name',
          [workspace, name],
        );
        return removed.length > 0;
      });
    },
    async addNotices(notices) {
      return notices.length === 0 ? 0 : db.transaction((sql) => enterNotices(sql, notices));
    },
    async notices(workspace, limit, after) {
      const params: SqlValue[] = [workspace];
      const older = after === undefined ? '' : `AND ${olderThan(after, params)}`;
      const sql = `SELECT * FROM operations.notice WHERE workspace = $1 ${older}
        ORDER BY "at" DESC, id DESC LIMIT ${placesFor(params, [limitOf(limit)])}`;
      return (await db.rows(sql, params)).map(toNotice);
    },
    async notice(id) {
      const [row] = await db.rows('SELECT * FROM operations.notice WHERE id = $1', [id]);
      return row === undefined ? null : toNotice(row);
    },
    async lastNotice(workspace, kinds, subject) {
      if (kinds.length === 0) return null;
      const params: SqlValue[] = [workspace];
      const about = subject === null ? 'subject IS NULL' : `subject = ${placesFor(params, [subject])}`;
      const sql = `SELECT * FROM operations.notice WHERE workspace = $1 AND ${about} AND kind IN (${placesFor(params, kinds)})
        ORDER BY "at" DESC, id DESC LIMIT 1`;
      const [row] = await db.rows(sql, params);
      return row === undefined ? null : toNotice(row);
    },
    async deliveries(notice) {
      return (await db.rows('SELECT * FROM operations.delivery WHERE notice = $1 ORDER BY target', [notice])).map(
        toDelivery,
      );
    },
    async dueDeliveries(now, limit) {
      const sql = `SELECT * FROM operations.delivery WHERE status = 'due' AND next_at <= $1 ORDER BY next_at, notice, target LIMIT $2`;
      return (await db.rows(sql, [now, limitOf(limit)])).map(toDelivery);
    },
    async endDelivery(delivery) {
      const row = checked(Delivery, delivery, 'delivery');
      // What has arrived stays so, whatever a slower second sender says.
      await db.rows(
        `UPDATE operations.delivery SET status = $4, attempts = $5, next_at = $6, failure = $7, delivered_at = $8
        WHERE notice = $1 AND target = $2 AND workspace = $3 AND status <> 'delivered'`,
        [
          row.notice,
          row.target,
          row.workspace,
          row.status,
          row.attempts,
          row.next_at,
          asJsonOrNull(row.failure),
          row.delivered_at,
        ],
      );
    },
  };
}
