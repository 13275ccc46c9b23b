import { type Random, takeAt } from '../random.ts';

/** What a desk is, whatever its maturity: its size, trade, customers, plan, words. */
export interface Setting {
  readonly perWeek: number;
  readonly agents: number;
  readonly zone: { readonly name: string; readonly vendor: string };
  readonly plan: 'professional' | 'enterprise';
  /** Customers write at all hours rather than in those of an office. */
  readonly roundTheClock: boolean;
  /** Only mail to one address, no form. */
  readonly mailOnly: boolean;
  readonly voice: boolean;
  readonly chat: boolean;
  readonly organisations: number;
  readonly historyDays: number;
  /** A program on an agent's seat answers first on many tickets. */
  readonly bot: boolean;
  /** Old tickets were brought over from another tool on one day. */
  readonly migrated: boolean;
  readonly topics: number;
}

const ZONES = [
  { name: 'Europe/Copenhagen', vendor: 'Copenhagen' },
  { name: 'America/New_York', vendor: 'Eastern Time (US & Canada)' },
  { name: 'Europe/London', vendor: 'London' },
  { name: 'Asia/Tokyo', vendor: 'Tokyo' },
] as const;

/** Draws what a desk is. `thin`: so few tickets that nobody is busy with them every day. */
export function drawSetting(random: Random, thin: boolean): Setting {
  const perWeek = thin ? random.int(7, 14) : Math.round(random.lognormal(58, 0.45));
  return {
    perWeek: Math.min(150, Math.max(7, perWeek)),
    agents: thin ? random.int(8, 14) : random.int(5, 9),
    zone: takeAt(ZONES, random.int(0, ZONES.length - 1)),
    plan: random.chance(0.6) ? 'professional' : 'enterprise',
    roundTheClock: random.chance(0.45),
    mailOnly: random.chance(0.3),
    voice: random.chance(0.4),
    chat: random.chance(0.5),
    organisations: random.int(60, 160),
    historyDays: 190,
    bot: random.chance(0.15),
    migrated: random.chance(0.15),
    topics: random.int(4, 7),
  };
}
