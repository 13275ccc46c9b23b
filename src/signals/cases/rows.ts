import { recordSchema, type Table } from '../../domain/columns.ts';
import {
  TABLE_NAMES,
  TABLES,
  type TableName,
  type TelemetryBatch,
  type TelemetryRecord,
} from '../../domain/telemetry.ts';
import { PlumblineError } from '../../errors/plumbline-error.ts';
import { didYouMean } from '../load/nearest.ts';
import type { Row } from './format.ts';
import { parseDuration, parseInstant } from './time.ts';

export type Cells = Record<string, unknown>;

/** Office hours Monday to Friday 09:00-17:00. */
const OFFICE_WEEK = [1, 2, 3, 4, 5].map((day) => ({ start_minute: day * 1440 + 540, end_minute: day * 1440 + 1020 }));
const ALWAYS = [{ start_minute: 0, end_minute: 10_080 }];

/** What a row is when the case does not say: an ordinary, live, human record. */
const DEFAULTS: Partial<Record<TableName, Cells>> = {
  event: { actor: 'agent', initial: false, kind: 'field' },
  message: { author: 'agent', public: true },
  sla_policy: { active: true, scope: 'ticket', is_default: false },
  sla_target: {
    policy_id: 'policy-1',
    metric: 'first_reply',
    priority_key: 'any',
    target_s: 14_400,
    business_hours: false,
  },
  sla_clock: { metric: 'first_reply', scope: 'ticket', instance: 1, voided: false },
  calendar: {
    id: 'office',
    time_zone: 'UTC',
    weekly: OFFICE_WEEK,
    holidays: [],
    valid_from: new Date(0),
    is_default: true,
  },
  article: { published: true, public: true },
  automation: { kind: 'trigger', active: true, shared: true, vendor_default: false },
  agent: { role: 'agent', department: 'support', active: true, human: true },
  team: { active: true },
  integration: { active: true },
};

/** Building a schema costs more than parsing a row with it. */
const SCHEMAS = Object.fromEntries(TABLE_NAMES.map((name) => [name, recordSchema(TABLES[name] as Table)])) as Record<
  TableName,
  ReturnType<typeof recordSchema>
>;

/** Replaces `{i}`, `{i%5}` and `{i/5}` (whole division). */
export function fill(value: unknown, i: number): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, i));
  if (typeof value !== 'string') return value;
  return value.replace(/\{i(?:([%/])(\d+))?\}/g, (_, operator: string | undefined, by: string | undefined) => {
    const divisor = Number(by ?? 1);
    if (operator === '%') return String(i % divisor);
    return String(operator === '/' ? Math.floor(i / divisor) : i);
  });
}

/** Element for copy `i` of a cell that may be a list taken in turn. */
export function inTurn<T>(cell: T | readonly T[], i: number): T {
  if (!Array.isArray(cell)) return cell as T;
  return cell[i % cell.length] as T;
}

function timeCell(value: unknown, asOf: Date, base: Date, i: number, n: number): Date | null {
  if (value === null) return null;
  if (value instanceof Date) return value;
  const text = String(value);
  return text.startsWith('+') ? new Date(base.getTime() + parseDuration(text)) : parseInstant(text, asOf, i, n);
}

function emptyCell(table: TableName, column: string, base: Date, serial: number): unknown {
  const spec = TABLES[table].columns as Record<string, { type: string; nullable: boolean }>;
  const { type, nullable } = spec[column] ?? { type: 'text', nullable: true };
  if (nullable) return null;
  switch (type) {
    case 'time':
      return base;
    case 'int':
    case 'real':
      return 0;
    case 'bool':
      return false;
    case 'texts':
    case 'json':
      return [];
    default:
      return `${table}-${serial}`;
  }
}

/** Collects the records of a case by connection, with ids given out in order. */
export class CaseRecords {
  private readonly byConnection = new Map<string, Map<TableName, Cells[]>>();
  private serial = 0;
  private readonly asOf: Date;

  constructor(asOf: Date) {
    this.asOf = asOf;
  }

  /** Adds one finished row; columns not given get the table's default, then null, zero or an own id. */
  add(
    connection: string,
    table: TableName,
    cells: Cells,
    base: Date = new Date(this.asOf.getTime() - 30 * 86_400_000),
  ): void {
    this.serial++;
    const columns = Object.keys(TABLES[table].columns);
    for (const key of Object.keys(cells))
      if (!columns.includes(key))
        throw new PlumblineError(
          'BAD_RULES',
          `${table} has no column "${key}"${didYouMean(key, columns)}.`,
          'See docs/telemetry.md.',
        );
    const defaults = DEFAULTS[table] ?? {};
    const row = Object.fromEntries(
      columns.map((column) => {
        const given = cells[column];
        if (given !== undefined) return [column, given];
        return [column, column in defaults ? defaults[column] : emptyCell(table, column, base, this.serial)];
      }),
    );
    const parsed = SCHEMAS[table].safeParse(row);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new PlumblineError(
        'BAD_RULES',
        `${table}.${issue?.path.join('.')}: ${issue?.message}.`,
        'See docs/telemetry.md.',
      );
    }
    this.rows(connection, table).push(row);
  }

  /** Adds the copies of a raw row template. */
  addTemplate(table: TableName, template: Row): void {
    const { n: copies = 1, connection = 'desk', base: own, ...cells } = template;
    const n = Number(copies);
    const spec = TABLES[table].columns as Record<string, { type: string }>;
    const anchor =
      own ??
      Object.entries(cells).find(
        ([k, v]) => spec[k]?.type === 'time' && typeof v === 'string' && !v.startsWith('+'),
      )?.[1];
    for (let i = 0; i < n; i++) {
      const base = parseInstant(String(fill(inTurn(anchor ?? '-30d', i), i)), this.asOf, i, n);
      const filled = Object.entries(cells).map(([column, cell]): [string, unknown] => {
        const type = spec[column]?.type;
        if (table === 'calendar' && column === 'weekly' && cell === 'always') return [column, ALWAYS];
        const value = fill(type === 'texts' || type === 'json' ? cell : inTurn<unknown>(cell, i), i);
        return [column, type === 'time' ? timeCell(value, this.asOf, base, i, n) : value];
      });
      this.add(String(fill(connection, i)), table, Object.fromEntries(filled), base);
    }
  }

  has(connection: string, table: TableName, key: string, value: string): boolean {
    return this.rows(connection, table).some((row) => row[key] === value);
  }

  connections(): string[] {
    return [...this.byConnection.keys()].sort();
  }

  cellsOf(connection: string, table: TableName): readonly Cells[] {
    return this.rows(connection, table);
  }

  batch(connection: string): TelemetryBatch {
    const tables = this.byConnection.get(connection) ?? new Map<TableName, Cells[]>();
    return Object.fromEntries([...tables].map(([table, rows]) => [table, rows as TelemetryRecord[]]));
  }

  private rows(connection: string, table: TableName): Cells[] {
    const tables = this.byConnection.get(connection) ?? new Map<TableName, Cells[]>();
    this.byConnection.set(connection, tables);
    const rows = tables.get(table) ?? [];
    tables.set(table, rows);
    return rows;
  }
}
