import { describe, expect, it } from 'vitest';
import { signatureOf, signingKey } from './signature.ts';

describe('signatureOf', () => {
  it('gives the signature of the published example', () => {
    // standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts, "sign function works".
    const key = signingKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(signatureOf(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});

describe('signingKey', () => {
  it('takes the secret with and without its prefix', () => {
    expect(signingKey('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual(
      signingKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
    );
  });

  it.each([
    ['empty', ''],
    ['not base64', 'correct horse battery staple, correct horse'],
    ['23 bytes', Buffer.alloc(23, 1).toString('base64')],
    ['65 bytes', Buffer.alloc(65, 1).toString('base64')],
  ])('refuses a secret that is %s, without showing it', (_what, secret) => {
    const refuse = () => signingKey(secret);
    expect(refuse).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    if (secret !== '') expect(refuse).not.toThrow(secret);
  });
});
