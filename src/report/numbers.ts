/** Share as per cent without false precision: below 1 % and above 99 % are said as such. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share > 0.995) return '>99 %';
  return `${Math.round(share * 100)} %`;
}

/**
 * Likelihood words after the IPCC guidance note on uncertainty (2010), with its cut-offs.
 * https://www.ipcc.ch/site/assets/uploads/2018/05/uncertainty-guidance-note.pdf
 */
export function likelihood(probability: number): string {
  if (probability >= 0.99) return 'virtually certain';
  if (probability >= 0.9) return 'very likely';
  if (probability >= 0.66) return 'likely';
  if (probability >= 0.33) return 'about as likely as not';
  if (probability >= 0.1) return 'unlikely';
  return 'very unlikely';
}

/** A number with at most `digits` significant decimals and no trailing zeros. */
export function short(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Thousands separated by a thin sign that every terminal has. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function day(instant: string | Date): string {
  return (typeof instant === 'string' ? instant : instant.toISOString()).slice(0, 10);
}

/** Last day that an exclusive end still covers: the end 2026-07-01T00:00Z covers up to 2026-06-30. */
export function lastDay(end: string | Date): string {
  return day(new Date(new Date(end).getTime() - 1));
}

export function signed(value: number, digits = 1): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}`;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  is: 'are',
  was: 'were',
  has: 'have',
};

/** `1 signal`, `3 signals`: the number with its word in the right form. */
export function counted(n: number, word: string): string {
  return `${count(n)} ${plural(n, word)}`;
}

/** The word alone in the form that goes with the number: signal or signals, is or are. */
export function plural(n: number, word: string): string {
  if (n === 1) return word;
  return IRREGULAR[word] ?? (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`);
}
