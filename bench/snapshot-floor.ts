import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { cost } from './measure.ts';

/**
 * The floor of a snapshot: see README.md for what it does and leaves out.
 * Usage: `snapshot-floor.ts <data folder> [horizon]`; with a horizon, an instant, rows before it are left out as a snapshot does.
 */
const [dataDir = '.', horizon] = process.argv.slice(2);

/** Columns that the signals and the views below them read, and the column that dates a row. */
const READ: Readonly<Record<string, readonly [at: string, columns: readonly string[]]>> = {
  ticket: [
    'created_at',
    [
      'id',
      'updated_at',
      'status',
      'priority_rank',
      'type',
      'channel',
      'form',
      'group_id',
      'assignee_id',
      'requester_key',
    ]
      .concat([
        'requester_is_agent',
        'organisation_id',
        'product',
        'category',
        'severity',
        'cause_code',
        'created_by',
        'calendar_id',
      ])
      .concat(['created_on_behalf', 'problem_id', 'merged_into', 'deleted', 'spam', 'test', 'tags', 'filled_fields'])
      .concat([
        'reported_solved_at',
        'reported_closed_at',
        'reported_reopens',
        'reported_reassignments',
        'reported_replies',
      ])
      .concat(['reported_first_reply_at', 'reported_first_reply_calendar_s', 'reported_full_resolution_calendar_s']),
  ],
  event: [
    '"at"',
    ['ticket_id', 'seq', 'kind', 'field', 'from_value', 'to_value', 'initial', 'actor', 'actor_id', 'rule_id'],
  ],
  message: [
    '"at"',
    [
      'ticket_id',
      'seq',
      'author',
      'author_id',
      'public',
      'auto_reply',
      'template_id',
      'article_ids',
      'promised_reply_s',
    ],
  ],
  sla_clock: [
    'started_at',
    ['ticket_id', 'metric', 'scope', 'policy_id', 'target_s', 'breach_at', 'fulfilled_at', 'paused_s', 'voided', 'met'],
  ],
  csat: ['offered_at', ['ticket_id', 'answered_at', 'score']],
  link: ['linked_at', ['ticket_id', 'kind', 'system', 'target_key', 'responded_at', 'closed_at', 'closed_as', 'team']],
};

const instance = await DuckDBInstance.create(join(dataDir, 'plumbline.duckdb'), {
  access_mode: 'READ_ONLY',
  threads: '2',
});
const connection = await instance.connect();
let rows = 0;
const used = await cost(async () => {
  for (const [table, [at, columns]] of Object.entries(READ)) {
    const largest = [at, ...columns].map((column) => `max(${column})`).join(', ');
    const where = horizon === undefined ? '' : ` WHERE ${at} >= TIMESTAMP '${horizon}'`;
    const result = await connection.runAndReadAll(`SELECT count(*), ${largest} FROM telemetry.${table}${where}`);
    rows += Number(result.getRows()[0]?.[0]);
  }
});
console.log(JSON.stringify({ ...used, rows }));
