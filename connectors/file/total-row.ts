/** Last words of labels before sums and averages, as spreadsheets and reports write them in seven languages. */
const LABEL =
  /(?:^|[\s-])(?:(?:grand|sub)[ -]?)?(?:totals?|sum|count|average|avg|mean|gesamt(?:summe|ergebnis)?|summe|zwischensumme|teilergebnis|ergebnis|anzahl|mittelwert|durchschnitt|sous-total|moyenne|suma|promedio|somma|totale|media|totaal|gemiddelde|soma|média|total général|total general)\s*[:.]?$/iu;
const NUMBER = /^[-+(]?[\d\s.,:'\u00a0\u202f]+\)?\s*(?:%|[hms]|hours|days|min)?$/;

/** Whether a line sums up the rows before it: a label first, nothing but numbers and their labels ("Total", "Count", 24) behind it, and half of the table empty. Pure. */
export function isTotalRow(cells: readonly string[], width: number): boolean {
  const [label, ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const sums = others.filter((cell) => !LABEL.test(cell));
  if (label === undefined || sums.length === 0 || (sums.length + 1) * 2 > width) return false;
  return LABEL.test(label) && sums.every((cell) => NUMBER.test(cell));
}
