import { describe, expect, it } from 'vitest';
import { CODES, type ErrorCode, PlumblineError } from '../errors/index.ts';
import { Problem, toProblem } from './problem.ts';

describe('toProblem', () => {
  it.each<[ErrorCode, number]>([
    ['BAD_USAGE', 400],
    ['BAD_ANSWERS', 400],
    ['UNKNOWN_NAME', 404],
    ['NO_DATA', 404],
    ['WRONG_STATE', 409],
    ['NOT_ALLOWED', 403],
    ['PERMISSION_DENIED', 403],
    ['RATE_LIMITED', 429],
    ['TOO_MANY_REQUESTS', 429],
    ['VENDOR_UNREACHABLE', 502],
    ['STORE_LOCKED', 503],
    ['STORE_FAILED', 503],
    ['QUEUE_FAILED', 503],
    ['BUG', 500],
  ])('%s gives %i', (code, status) => {
    expect(toProblem(new PlumblineError(code, 'm', 'r'), 'id').body.status).toBe(status);
  });

  it('gives every code a status that says refused or failed, in the one form', () => {
    for (const code of Object.keys(CODES) as ErrorCode[]) {
      const { body } = toProblem(new PlumblineError(code, 'm', 'r'), 'id');
      expect(Problem.safeParse(body).success).toBe(true);
      expect(body.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('says what happened and which request it was, as RFC 9457 names them', () => {
    const { body } = toProblem(new PlumblineError('BAD_USAGE', 'what happened', 'r'), '0eaf');
    expect(body).toMatchObject({
      type: 'urn:plumbline:error:BAD_USAGE',
      detail: 'what happened',
      instance: 'urn:plumbline:request:0eaf',
    });
  });

  it('tells nothing of a fault', () => {
    for (const error of [new Error('at /srv/secret.ts'), new PlumblineError('BUG', 'secret', 'x'), 'secret', null]) {
      const { body } = toProblem(error, 'id');
      expect(JSON.stringify(body)).not.toContain('secret');
      expect([body.code, body.request]).toEqual(['BUG', 'id']);
    }
  });

  it('says when to ask again, in whole seconds and never at once', () => {
    const waitOf = (retryAfterMs: number) =>
      toProblem(new PlumblineError('RATE_LIMITED', 'm', 'r', { retryAfterMs }), 'id').retryAfterS;
    expect([waitOf(1), waitOf(1_001), waitOf(60_000)]).toEqual([1, 2, 60]);
    expect(toProblem(new PlumblineError('STORE_LOCKED', 'm', 'r'), 'id').retryAfterS).toBe(5);
    expect(toProblem(new PlumblineError('BAD_USAGE', 'm', 'r'), 'id').retryAfterS).toBeNull();
  });
});
