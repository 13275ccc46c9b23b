import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { csvRows } from '../../src/kit/csv-rows.ts';
import { type Exported, exports } from '../../src/kit/feed/exports.ts';
import { fields } from '../../src/kit/fields.ts';
import { parseEach, refOf } from '../../src/kit/parse-each.ts';
import { toAnswers } from '../../src/kit/records/surveys.ts';
import { startAt } from '../../src/kit/usual-settings.ts';
import type { Context } from './account.ts';
import { Export, Rated } from './schema.ts';

const PATH = '/analytics/exports';
/** Where exports are said to lie, whichever address is asked. */
export const EXPORTS = new URL('https://api.frontapp.com');
/** One export may be begun every three seconds. */
const CALL = { quota: { id: 'exports', perMinute: 20 }, schema: Export };
/** No text, name or address is asked for. */
const COLUMNS = ['Activity API ID', 'Conversation API ID', 'Message date', 'Survey rating'];
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Answers to surveys, which only the export of activities has. It covers whole days, and analytics lag behind. */
export const satisfaction = exports<Context>({
  id: 'satisfaction',
  title: 'Answers of satisfaction surveys',
  fills: { csat: fields('csat', 'answered_at score scale') },
  words: { permission: 'Give the API token the scope `analytics:read`: only the export of analytics has the answers.' },
  start: ({ settings }) => startAt(settings, '2014-01-01'),
  spanDays: 365,
  overlapDays: 1,
  async begin({ http, signal }, from, to) {
    const body = { type: 'events', start: seconds(from), end: seconds(to), columns: COLUMNS };
    return (await http.getJson({ ...CALL, path: PATH, method: 'POST', body, signal })).data.id;
  },
  async fetch({ http, signal }, id): Promise<Exported> {
    const look = { ...CALL, path: `${PATH}/${encodeURIComponent(id)}`, signal };
    const { found } = await orRefusal(() => http.getJson(look), [404, 410]);
    if (/^too_big$/i.test(found?.data.status ?? '')) return 'too_big';
    const url = found?.data.url ?? null;
    if (url === null) return 'lost';
    const file = { path: PATH, file: true, signal, ...placeOf(url, http.origin) };
    return csvRows((await http.getText(file)).data);
  },
  map(rows, { until }) {
    const answers = rows.filter((row) => cell(row, 'Survey rating').trim() !== '');
    const named = (row: unknown, i: number) => refOf({ id: cell(row, 'Activity API ID') }, i);
    const { kept, rejected } = parseEach(Rated, answers, 'satisfaction', named);
    // What comes behind the end belongs to the next sync.
    const csat = kept.filter((row) => row['Message date'] <= until).map(toAnswer);
    const told = toAnswers(csat, { feed: 'satisfaction', path: 'Survey rating', expected: '1 to 5 stars' });
    return { ...told, rejected: [...rejected, ...told.rejected] };
  },
});

/** Where a file is fetched: the vendor's other addresses are those of the account, and take the token; one that is kept elsewhere is fetched without it. */
function placeOf(url: string, origin: string): { readonly next: string; readonly origin?: string } {
  const at = new URL(url, origin);
  if (at.origin === EXPORTS.origin) return { next: url, origin: 'exports' };
  return { next: at.hostname.endsWith('.frontapp.com') ? `${at.pathname}${at.search}` : url };
}

const cell = (row: unknown, column: string): string => String((row as Record<string, unknown>)[column] ?? '');

const BEST = 5;

/** Stars, 1 to 5; an answer in other words is one whose worth is not known. */
export function toAnswer(row: Rated): TelemetryRecord<'csat'> {
  const stars = /^\s*([1-5])(?:\.0+)?(?:\s*(?:\/\s*5|stars?))?\s*$/i.exec(row['Survey rating'])?.[1];
  return {
    ...blank('csat'),
    id: row['Activity API ID'],
    ticket_id: row['Conversation API ID'],
    answered_at: row['Message date'],
    score: stars === undefined ? null : (Number(stars) - 1) / (BEST - 1),
    scale: '1-5',
  };
}
