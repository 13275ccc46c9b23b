import type { Practices } from './practices.ts';
import { fillWords, type Vocabulary } from './vocabulary.ts';

/** What the customer is told at once; null when nothing is sent. */
export function acknowledgementText(practices: Practices, words: Vocabulary): string | null {
  const { acknowledgement } = practices.intake;
  if (acknowledgement === null) return null;
  const { text, promise, edited } = acknowledgement;
  const { mails } = words;
  if (text !== undefined) return text;
  if (promise === undefined || promise === null) return edited === true ? mails.receivedPlain : mails.receivedDefault;
  const span = (minutes: number): string => {
    if (minutes % 60 !== 0) return fillWords(mails.minutes, { count: minutes });
    return fillWords(promise.businessHours ? mails.businessHours : mails.hours, { count: minutes / 60 });
  };
  return fillWords(mails.receivedPromise, { normal: span(promise.normalMinutes), urgent: span(promise.urgentMinutes) });
}
