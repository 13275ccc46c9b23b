import type { Column } from '../columns.ts';

const BUSINESS_CLOCK = 'business hours in force at each moment';
const VENDOR_CLOCK = 'business hours, the latest calendar over the whole history';
const WALL_CLOCK = 'wall clock';
/** A target or a promise says itself by which clock it runs. */
const SAID_BESIDE = 'business hours where the column of that name is true, else wall clock';

const OWN_CLOCK: Readonly<Record<string, string>> = {
  target_s: SAID_BESIDE,
  promised_reply_s: SAID_BESIDE,
  cumulative_s: BUSINESS_CLOCK,
};

const ORDER = /(^|_)(rank|ordinal|seq|instance|position|tier|version)$|^(priority_as_of|first_touch_priority)$/;
const SHARES = /(^q[23]$|_share$|_reached$|^(degree|coverage|alpha|decay)$)/;
const FIGURES: Readonly<Record<string, string>> = {
  estimate: 'as `unit` says',
  interval_low: 'as `unit` says',
  interval_high: 'as `unit` says',
  n_effective: 'units',
  points_exists: 'decibans',
  points_full: 'decibans',
  value: 'as the row says',
  of: 'as `value`',
  assured: 'as `value`',
  age_days: 'days',
  score: 'as `scale` says',
};

/** Unit of the values of a column, for people. */
export function unitOf(name: string, { type }: Column): string {
  if (type === 'time') return 'instant';
  if (type === 'bool') return 'true / false';
  if (type === 'texts') return 'list of codes or ids';
  if (type === 'json') return 'JSON';
  if (type === 'text') return 'code, id or word';
  if (name.endsWith('_s')) return 'seconds';
  const own = FIGURES[name];
  if (own !== undefined) return own;
  if (ORDER.test(name)) return 'order';
  return SHARES.test(name) ? 'share, 0 to 1' : 'count';
}

/** Clock that the values of a column are told by; null where no time is told. */
export function clockOf(name: string, { type }: Column): string | null {
  if (type === 'time') return 'UTC';
  if (type === 'text' || type === 'bool' || !name.endsWith('_s')) return null;
  const own = OWN_CLOCK[name];
  if (own !== undefined) return own;
  if (/^reported_.*_business_s$|_business_vendor_s$/.test(name)) return VENDOR_CLOCK;
  return /_business_s$/.test(name) ? BUSINESS_CLOCK : WALL_CLOCK;
}

/** What null means in a column: what its meaning says, else that it is not known; null where a value always stands. */
export function nullOf({ nullable, doc }: Column): string | null {
  if (!nullable) return null;
  const said = /null (?:=|when|while|where|without|for|likewise)[^.;]*/i.exec(doc)?.[0];
  return said === undefined ? 'not known' : said.replace(/^null (?:= )?/i, '');
}
