import {
  FIELD_ROLES,
  type Learnt,
  MEANING_SECTION,
  type MeaningKind,
  type NotUnderstood,
  type Recognition,
  type Statement,
  type Sureness,
} from '../domain/meaning.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { SqlRow, SqlValue } from '../domain/sql-session.ts';
import { STATUSES, TEAM_PURPOSES } from '../domain/telemetry.ts';
import { wilson } from '../signals/math/shares.ts';
import { horizonOf } from '../signals/measure/window.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { endOfData } from './end-of-data.ts';

/** Lower bound (95 %, Wilson) of the share of cases from which on work speaks plainly. */
const PLAINLY = 0.8;

function surenessOf(how: string, support: number | null, base: number | null): Sureness {
  if (how === 'stated') return 'stated';
  if (how === 'source') return 'sure';
  if (how === 'name') return 'guess';
  return support !== null && base !== null && base > 0 && wilson(support, base)[0] >= PLAINLY ? 'sure' : 'likely';
}

const isTerm = (subject: string): boolean => /^(tag|org|field|status):/.test(subject);

function stateableOf(kind: string, subject: string, meaning: string): Statement['value'] {
  if (kind === 'bot') return meaning !== 'person' && meaning !== 'false';
  if (kind === 'escalation') return meaning !== 'false';
  return kind === 'tier' && !isTerm(subject) && /^\d+$/.test(meaning) ? Number(meaning) : meaning;
}

const numberOf = (value: SqlValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

function toLearnt(row: SqlRow, named: (connection: string, subject: string) => string): Learnt {
  const [connection, kind, subject, meaning, how] = [row.connection, row.kind, row.subject, row.meaning, row.how].map(
    String,
  );
  const [support, base] = [numberOf(row.support), numberOf(row.base)];
  const of = {
    connection: connection ?? '',
    kind: kind ?? '',
    subject: subject ?? '',
    meaning: meaning ?? '',
    how: how ?? '',
  };
  return {
    ...of,
    support,
    base,
    sure: surenessOf(of.how, support, base),
    statement: {
      section: MEANING_SECTION[of.kind as MeaningKind],
      subject: named(of.connection, of.subject),
      value: stateableOf(of.kind, of.subject, of.meaning),
    },
  };
}

/** What people may say of a thing that was not understood. */
function sayOf(
  kind: string,
  subject: string,
  detail: string,
): { kind: MeaningKind; choices: readonly string[] } | null {
  if (detail.startsWith('stated ')) return null;
  if (/escalation$/.test(detail) && isTerm(subject)) return { kind: 'escalation', choices: ['true', 'false'] };
  if (kind === 'team') return { kind: 'team', choices: TEAM_PURPOSES };
  if (kind === 'bot') return { kind: 'bot', choices: ['true', 'false'] };
  if (kind === 'tag' || (kind === 'field' && subject.startsWith('org:')))
    return { kind: 'tier', choices: kind === 'tag' ? ['<tier>', 'none'] : ['none'] };
  if (kind === 'tier') return { kind: 'tier', choices: ['1', '2', '3', 'none'] };
  if (kind === 'field') return { kind: 'field', choices: [...FIELD_ROLES, 'none'] };
  return kind === 'status' ? { kind: 'status', choices: STATUSES } : null;
}

function toUnread(row: SqlRow, named: (connection: string, subject: string) => string): NotUnderstood {
  const [connection = '', kind = '', subject = '', detail = ''] = [
    row.connection,
    row.kind,
    row.subject,
    row.detail,
  ].map(String);
  const say = sayOf(kind, subject, detail);
  return {
    connection,
    kind,
    subject,
    detail,
    say:
      say === null
        ? null
        : { section: MEANING_SECTION[say.kind], subject: named(connection, subject), choices: say.choices },
  };
}

const YEAR_MS = 365 * 86_400_000;

/**
 * What the data of a desk say that its people, teams, tags and fields are, as a snapshot at `asOf` (null = the end of the data) takes it with
 * these signals, and what it could not read; sorted by connection, kind and subject. Subjects of statements carry their connection where there
 * are several. Null without telemetry.
 */
export async function recogniseDesk(
  telemetry: TelemetryStore,
  request: { readonly asOf: Date | null; readonly signals: readonly SignalDefinition[] },
): Promise<Recognition | null> {
  const asOf = request.asOf ?? endOfData(await telemetry.observability());
  if (asOf === null) return null;
  const horizon = horizonOf(request.signals, asOf) ?? new Date(asOf.getTime() - YEAR_MS);
  const [learnt = [], unread = [], desks = []] = await telemetry.measure({ asOf, horizon }, async (session) => [
    await session.query(
      'SELECT connection, kind, subject, meaning, how, support, base FROM recognised ORDER BY connection, kind, subject, meaning',
    ),
    await session.query('SELECT connection, kind, subject, detail FROM unread ORDER BY connection, kind, subject'),
    await session.query('SELECT count(DISTINCT connection) AS n FROM ticket_all'),
  ]);
  const isSeveral = Number(desks[0]?.n ?? 0) > 1;
  const named = (connection: string, subject: string) => (isSeveral ? `${connection}/${subject}` : subject);
  return {
    as_of: asOf.toISOString(),
    learnt: learnt.map((row) => toLearnt(row, named)),
    unread: unread.map((row) => toUnread(row, named)),
  };
}
