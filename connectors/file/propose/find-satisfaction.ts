import { hasPhrase, hasWord } from './header.ts';
import { type Column, type Look, percent, rowsWord } from './look.ts';
import { satisfactionOf } from './vocabulary.ts';

function isNamed({ header, timeShare, longest }: Column): boolean {
  if (timeShare > 0.5 || longest > 60 || hasWord(header, ['comment', 'date', 'at', 'offered', 'id', 'reason', 'sla']))
    return false;
  return (
    hasWord(header, ['satisfaction', 'rating', 'happiness', 'feedback', 'nps']) ||
    ['survey results', 'survey result', 'survey score', 'survey answer'].some((phrase) => hasPhrase(header, phrase))
  );
}

/**
 * The customer's verdict with its scale: words by the vocabulary (offered and unanswered apart from not asked), numbers by the range that
 * header or answers give. Which end of a numeric scale is the good one, and where it ends, is asked unless the header says so.
 */
export function findSatisfaction(look: Look): void {
  if (look.draft.satisfaction !== undefined) return;
  for (const column of look.free().filter(isNamed)) {
    if (reader(column)(look, column)) return;
  }
}

function reader({ numberShare, percentShare }: Column): (look: Look, column: Column) => boolean {
  return numberShare >= 0.9 ? readNumbers : percentShare >= 0.9 ? readPercents : readWords;
}

/** A share of the best has its scale with it. */
function readPercents(look: Look, column: Column): boolean {
  look.draft.satisfaction = { column: column.column, range: [0, 100] };
  look.record(
    'satisfaction',
    { column: column.column },
    `named so; values of ${percent(column.percentShare)} of ${rowsWord(column.known)} are percents`,
  );
  return true;
}

function readWords(look: Look, column: Column): boolean {
  if (column.distinct > 15) return false;
  const read = column.top.map(({ value, n }) => ({ value, n, meaning: satisfactionOf(value) }));
  const hit = read.reduce((sum, one) => sum + (one.meaning === null ? 0 : one.n), 0);
  if (hit * 2 <= column.known) return false;
  const values = Object.fromEntries(
    read.map(({ value, meaning }) => [value, meaning === 'unoffered' ? null : meaning]),
  );
  look.draft.satisfaction = { column: column.column, values };
  look.record(
    'satisfaction',
    { column: column.column },
    `named so; words of ${percent(hit / column.known)} of ${rowsWord(column.known)} are known: 0 = worst, 1 = best`,
  );
  for (const { value, n, meaning } of read)
    if (meaning === null) look.unknown.push({ target: 'satisfaction', column: column.column, word: value, n });
  return true;
}

function readNumbers(look: Look, column: Column): boolean {
  const { least, greatest } = column;
  if (least === null || greatest === null || least < 0 || greatest > 100) return false;
  const written =
    /\b([01])\s*(?:-|–|to)\s*(5|7|10|100)\b/.exec(column.column) ?? /\bout of ()(5|7|10|100)\b/i.exec(column.column);
  // Shares, and 0 or 1 for bad or good: nothing else has a value below 1 and none above.
  const ends = least < 1 ? [1, 5, 7, 10, 100] : [5, 7, 10, 100];
  const top = written === null ? (ends.find((end) => greatest <= end) ?? 100) : Number(written[2]);
  const bottom = written === null ? (least < 1 || top === 100 ? 0 : 1) : Number(written[1] === '' ? 1 : written[1]);
  if (written !== null) {
    look.draft.satisfaction = { column: column.column, range: [bottom, top] };
    look.record('satisfaction', { column: column.column }, `named so; the header says ${bottom} to ${top}`);
    return true;
  }
  look.take(column.column);
  look.reasons.set(column.column, 'is a rating whose scale nothing tells: open point');
  const set = (range: readonly [number, number]) => [
    { path: ['satisfaction'], value: { column: column.column, range } },
  ];
  const seen = `values from ${least} to ${greatest} on ${rowsWord(column.known)}`;
  const wider = { 1: 5, 5: 10, 7: 10 }[top] ?? 100;
  look.points.push({
    id: `satisfaction:${column.column}`,
    target: 'satisfaction',
    question: `Which scale has "${column.column}"?`,
    options: [
      { label: `${bottom} is the worst, ${top} the best`, evidence: seen, patch: set([bottom, top]) },
      { label: `${top} is the worst, ${bottom} the best`, evidence: seen, patch: set([top, bottom]) },
      ...(top === 100 ? [] : [{ label: `0 is the worst, ${wider} the best`, evidence: seen, patch: set([0, wider]) }]),
      { label: 'leave it out', evidence: '', patch: [] },
    ],
    samples: look.samples(column),
  });
  return true;
}
