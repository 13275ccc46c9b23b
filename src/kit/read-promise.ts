/** A reply time that a text states. */
export interface ReplyPromise {
  /** Upper end of what is stated, seconds of the clock that `businessHours` names. */
  readonly seconds: number;
  readonly businessHours: boolean;
}

/** Seconds of one business day when a promise is given in business days: eight hours. */
const BUSINESS_DAY_S = 8 * 3600;

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  'twenty-four': 24,
  'forty-eight': 48,
  ein: 1,
  eine: 1,
  einer: 1,
  eines: 1,
  einem: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
};

const AMOUNT = `(\\d{1,3}|${Object.keys(NUMBERS).join('|')})`;
const BUSINESS_BEFORE = '(business|working|office|work|ouvrée?s?|ouvrables?|hábil(?:es)?|laborables?)';
const UNIT =
  '(minutes?|mins?|hours?|hrs?|h|days?|minuten?|stunden?|tage?n?|werktage?n?|arbeitstage?n?|geschäftsstunden?|heures?|jours?|minutos?|horas?|días?|dias?)';
const DURATION = new RegExp(
  `(?<![\\w.,])(?:${AMOUNT}\\s*(?:-|–|to|bis|à|a)\\s*)?${AMOUNT}[\\s-]*(?:\\(\\d{1,3}\\)\\s*)?(?:${BUSINESS_BEFORE}[\\s-]+)?${UNIT}(?![\\w])(?:\\s+${BUSINESS_BEFORE})?(\\s+(?:during|within|in|of)\\s+(?:our\\s+)?(?:business|working|office)\\s+hours)?`,
  'giu',
);
const NEXT_DAY = /\b(?:by|on|within|before)?\s*(?:the\s+)?(?:end of the\s+)?next\s+(business|working)\s+day\b/iu;
const REPLYING =
  /\b(respon[ds]\w*|repl(?:y|ies|ied)|answer\w*|get(?:ting)? back|hear (?:back )?from|be in touch|touch base|contact you|reach out|antwort\w*|melden uns|beantwort\w*|réponse|répond\w*|reviendrons|respuesta|respond\w*|contestar\w*)/iu;
const ON_THE_CUSTOMER =
  /\b(?:if|unless|should|when)\s+(?:you|we)\s+(?:do not|don[’']t|have not|haven[’']t|not)\s+(?:reply|respond|answer|hear|receive)|\byour (?:reply|response|answer)\b|\b(?:please|kindly)\s+(?:reply|respond|answer)\b|\bclos(?:e|ed|es|ing)\b/iu;

/**
 * Reads the reply time that an acknowledgement or article states, e.g. "we will reply within 4 business hours".
 * Unit: seconds. Business days count as BUSINESS_DAY_S, plain days as 24 hours; of a range the upper end is the promise; of several
 * promises the first. Only sentences about us replying count: deadlines put on the customer ("reply within 3 days or we close")
 * are left out. English, German, French and Spanish units. Text without a stated time gives null. Never throws, keeps no text.
 */
export function readPromise(text: string): ReplyPromise | null {
  for (const sentence of sentencesOf(text)) {
    if (!REPLYING.test(sentence) || ON_THE_CUSTOMER.test(sentence)) continue;
    const found = readDuration(sentence);
    if (found !== null) return found;
  }
  return null;
}

function sentencesOf(text: string): string[] {
  return text
    .slice(0, 20_000)
    .replace(/<(?:br|\/p|\/div|\/li|\/h\d)[^>]*>/giu, '. ')
    .replace(/<[^>]{0,2000}>/gu, ' ')
    .replace(/&nbsp;/gu, ' ')
    .split(/(?<=[.!?])\s+|\n{2,}/u);
}

function readDuration(sentence: string): ReplyPromise | null {
  DURATION.lastIndex = 0;
  for (const match of sentence.matchAll(DURATION)) {
    const amount = numberOf(match[2]);
    const unit = (match[4] ?? '').toLowerCase();
    if (amount === null || amount === 0) continue;
    const businessHours =
      match[3] !== undefined ||
      match[5] !== undefined ||
      match[6] !== undefined ||
      /^(werk|arbeits|geschäfts)/u.test(unit);
    return { seconds: amount * secondsOf(unit, businessHours), businessHours };
  }
  return NEXT_DAY.test(sentence) ? { seconds: BUSINESS_DAY_S, businessHours: true } : null;
}

function numberOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  return /^\d+$/.test(word) ? Number(word) : (NUMBERS[word.toLowerCase()] ?? null);
}

function secondsOf(unit: string, businessHours: boolean): number {
  if (/^min/u.test(unit)) return 60;
  if (/^(h|stunde|geschäfts|heure)/u.test(unit)) return 3600;
  return businessHours ? BUSINESS_DAY_S : 86_400;
}
