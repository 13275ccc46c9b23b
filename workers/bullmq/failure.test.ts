import { describe, expect, it } from 'vitest';
import { PlumblineError } from '../../src/errors/index.ts';
import { failureOfChild, reasonOf, waitAfter } from './failure.ts';

describe('reasonOf', () => {
  it('hands our errors to the parent as they are', () => {
    const error = new PlumblineError('PERMISSION_DENIED', 'Refused.', 'Give access.');
    expect(failureOfChild('sync/a', reasonOf(error))).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: 'Refused.',
      remedy: 'Give access.',
      where: 'sync/a',
    });
  });

  it('keeps nothing of what a foreign error says, which may quote a ticket', () => {
    expect(reasonOf(new TypeError('cannot read "Dear Ms Miller"'))).not.toContain('Miller');
    expect(reasonOf('Dear Ms Miller')).not.toContain('Miller');
  });

  it('understands a reason that BullMQ or another version wrote', () => {
    expect(failureOfChild('a', 'job stalled more than allowable limit')).toMatchObject({ code: 'BUG' });
    expect(failureOfChild('a', JSON.stringify({ code: 'NEW_CODE', message: 'm', remedy: 'r' }))).toMatchObject({
      code: 'BUG',
      message: 'm',
    });
  });
});

describe('waitAfter', () => {
  it('doubles and is spread over the upper half', () => {
    const error = new Error('x');
    expect([1, 2, 3].map((attempt) => waitAfter(error, attempt, 1_000, () => 0))).toEqual([500, 1_000, 2_000]);
    expect([1, 2, 3].map((attempt) => waitAfter(error, attempt, 1_000, () => 1))).toEqual([1_000, 2_000, 4_000]);
  });

  it('waits as long as the vendor asks', () => {
    const error = new PlumblineError('RATE_LIMITED', 'Too much.', 'Wait.', { retryAfterMs: 60_000 });
    expect(waitAfter(error, 1, 1_000, () => 1)).toBe(60_000);
  });
});
