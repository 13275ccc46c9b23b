/** Days that each month has in every year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const [ZERO, DASH, T, COLON, Z] = [48, 45, 84, 58, 90];

function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Milliseconds since 1970 of `2026-03-09T14:05:00Z`, the form in which most instants come; null for every other form, and for the 29th of February. */
export function utcSecondMs(text: string): number | null {
  if (text.length !== 20 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
  if (text.charCodeAt(10) !== T || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
  if (text.charCodeAt(19) !== Z) return null;
  const year = two(text, 0) * 100 + two(text, 2);
  const [month, day] = [two(text, 5), two(text, 8)];
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)];
  const known = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0);
  return known && hour <= 23 && minute <= 59 && second <= 59
    ? Date.UTC(year, month - 1, day, hour, minute, second)
    : null;
}
