import { describe, expect, it } from 'vitest';
import { readPromise } from './read-promise.ts';

const H = 3600;

describe('readPromise', () => {
  // Expected values follow from the words: 4 h = 14,400 s; one business day = 8 h by definition.
  it.each([
    ['We will reply within 4 business hours.', 4 * H, true],
    ['Thank you! Our team will get back to you in 1 day.', 24 * H, false],
    ['Expect a response within one business day.', 8 * H, true],
    ['You will hear from us within 24 hours.', 24 * H, false],
    ['We aim to respond in 2-4 hours.', 4 * H, false],
    ['We usually answer within 30 minutes during business hours.', 1800, true],
    ['Our first response time is two (2) working days.', 16 * H, true],
    ['<p>Received.</p><p>We respond within <b>8 hours</b>.</p>', 8 * H, false],
    ['We will respond by the next business day.', 8 * H, true],
    ['Wir antworten innerhalb von 2 Werktagen.', 16 * H, true],
    ['Wir melden uns in 4 Stunden.', 4 * H, false],
    ['Nous vous donnerons une réponse sous 2 jours ouvrés.', 16 * H, true],
    ['Recibirá una respuesta en 24 horas.', 24 * H, false],
    ['Your case was opened 3 days ago. We reply within 6 hours.', 6 * H, false],
  ])('%s', (text, seconds, businessHours) => {
    expect(readPromise(text)).toEqual({ seconds, businessHours });
  });

  it.each([
    [''],
    ['Your request was received.'],
    ['We will reply as soon as possible.'],
    ['If you do not reply within 3 days, we will close the case.'],
    ['Please reply within 5 days.'],
    ['The ticket will be closed in 4 days.'],
    ['The outage lasted 2 hours.'],
    ['We reply within 0 hours.'],
  ])('no promise: %s', (text) => {
    expect(readPromise(text)).toBeNull();
  });

  it('ends in time on hostile text', () => {
    expect(readPromise(`We reply ${'1 '.repeat(200_000)}`)).toBeNull();
    expect(readPromise('<'.repeat(200_000))).toBeNull();
  });
});
