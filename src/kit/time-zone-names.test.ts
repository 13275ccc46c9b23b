import { describe, expect, it } from 'vitest';
import { ianaZone } from './time-zone-names.ts';

/** Hours that the clock on the wall is ahead of UTC at an instant. */
function aheadOfUtc(name: string, instant: string): number {
  const zone = ianaZone(name);
  if (zone === null) throw new Error(`no zone for ${name}`);
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(instant),
  );
  const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) + Number(minutes ?? 0) / 60);
}

const SUMMER = '2026-07-15T12:00:00Z';
const WINTER = '2026-01-15T12:00:00Z';

// Offsets of the places by law in 2026: summer time north and south, half hours, and places that changed their rule lately.
describe('a schedule is on the rule that its place keeps now', () => {
  it.each([
    ['Berlin', 1, 2],
    ['London', 0, 1],
    ['Dublin', 0, 1],
    ['Casablanca', 1, 1],
    ['Pacific Time (US & Canada)', -8, -7],
    ['Pacific Time (US &amp; Canada)', -8, -7],
    ['Eastern Time (US & Canada)', -5, -4],
    ['Arizona', -7, -7],
    ['Newfoundland', -3.5, -2.5],
    ['Sydney', 11, 10],
    ['Canberra', 11, 10],
    ['Brisbane', 10, 10],
    ['Adelaide', 10.5, 9.5],
    ['Mumbai', 5.5, 5.5],
    ['Kathmandu', 5.75, 5.75],
    ['Chatham Is.', 13.75, 12.75],
    // Moved from +6 to +5 on 1 March 2024.
    ['Astana', 5, 5],
    ['Almaty', 5, 5],
    ['Dhaka', 6, 6],
    // Summer time again since 2023.
    ['Cairo', 2, 3],
    // No summer time any more: Mexico 2022, Brazil 2019, Türkiye 2016, Iran 2022, Samoa 2021, Fiji 2022.
    ['Mexico City', -6, -6],
    ['Chihuahua', -6, -6],
    ['Tijuana', -8, -7],
    ['Brasilia', -3, -3],
    ['Istanbul', 3, 3],
    ['Tehran', 3.5, 3.5],
    ['Samoa', 13, 13],
    ['Fiji', 12, 12],
    ['Moscow', 3, 3],
    ['Volgograd', 3, 3],
    // One hour further east since 2023.
    ['Greenland', -2, -1],
    ['Quito', -5, -5],
    ['Hanoi', 7, 7],
    ['UTC', 0, 0],
    ['Europe/Madrid', 1, 2],
  ])('%s', (name, winter, summer) => {
    expect([aheadOfUtc(name, WINTER), aheadOfUtc(name, SUMMER)]).toEqual([winter, summer]);
  });

  it('gives no zone for a name that nobody knows', () => {
    expect(ianaZone('Middle Earth')).toBeNull();
    expect(ianaZone('')).toBeNull();
  });
});
