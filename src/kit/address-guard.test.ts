import { describe, expect, it } from 'vitest';
import { guardedLookup, isAllowedAddress } from './address-guard.ts';
import { parseBaseUrl, pathOnOrigin } from './base-url.ts';

describe('isAllowedAddress', () => {
  // Ranges: IANA special-purpose address registries (RFC 6890).
  it.each([
    ['93.184.216.34', true, true],
    ['2606:2800:220:1:248:1893:25c8:1946', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['172.16.0.1', false, true],
    ['172.32.0.1', true, true],
    ['192.168.1.1', false, true],
    ['100.64.0.1', false, true],
    ['::1', false, true],
    ['fd00::1', false, true],
    ['::ffff:127.0.0.1', false, true],
    ['::ffff:169.254.169.254', false, false],
    ['169.254.169.254', false, false],
    ['fe80::1', false, false],
    ['0.0.0.0', false, false],
    ['255.255.255.255', false, false],
    ['224.0.0.1', false, false],
    ['64:ff9b::7f00:1', false, false],
    ['not an address', false, false],
  ])('%s', (address, open, withPrivate) => {
    expect([isAllowedAddress(address, false), isAllowedAddress(address, true)]).toEqual([open, withPrivate]);
  });
});

describe('guardedLookup', () => {
  const resolvesTo = (...addresses: string[]) =>
    ((_name: string, _options: object, done: (error: null, all: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as never;
  const ask = (lookup: ReturnType<typeof guardedLookup>, all: boolean) =>
    new Promise<unknown>((resolve) => lookup('desk.example', { all }, (error, found) => resolve(error?.code ?? found)));

  it('refuses a name as soon as one of its addresses is forbidden', async () => {
    expect(await ask(guardedLookup(false, resolvesTo('93.184.216.34', '10.0.0.1')), true)).toBe('EADDRESSREFUSED');
    expect(await ask(guardedLookup(false, resolvesTo('93.184.216.34')), false)).toBe('93.184.216.34');
    expect(await ask(guardedLookup(true, resolvesTo('10.0.0.1')), false)).toBe('10.0.0.1');
    expect(await ask(guardedLookup(true, resolvesTo()), true)).toBe('EADDRESSREFUSED');
  });
});

describe('parseBaseUrl', () => {
  it.each([
    ['acme.example.com', 'https://acme.example.com/'],
    [' https://acme.example.com/rt/?x=1#y ', 'https://acme.example.com/rt'],
  ])('%s', (text, expected) => {
    expect(parseBaseUrl(text, false).href).toBe(expected);
  });

  it.each([
    'http://acme.example.com',
    'ftp://acme.example.com',
    'https://user:secret@acme.example.com',
    'https://127.0.0.1',
    'https://2130706433',
    'https://[::1]',
    'https://localhost:8080',
    'https://169.254.169.254/latest',
    'https://',
  ])('refuses %s', (text) => {
    expect(() => parseBaseUrl(text, false)).toThrow(expect.objectContaining({ code: 'BAD_URL' }));
  });

  it('lets a private address through when told, but never cloud metadata', () => {
    expect(parseBaseUrl('http://127.0.0.1:8080', true).port).toBe('8080');
    expect(() => parseBaseUrl('http://169.254.169.254', true)).toThrow(expect.objectContaining({ code: 'BAD_URL' }));
  });
});

describe('pathOnOrigin', () => {
  it.each([
    ['https://a.example/x?y=1#z', '/x?y=1'],
    ['/x?y=1', '/x?y=1'],
    ['?page=2', '/?page=2'],
  ])('%s', (link, expected) => {
    expect(pathOnOrigin(link, 'https://a.example')).toBe(expected);
  });

  it.each([
    'https://b.example/x',
    'http://a.example/x',
    '//b.example/x',
    'https://a.example.evil.example/',
    'javascript:alert(1)',
  ])('refuses %s', (link) => {
    expect(() => pathOnOrigin(link, 'https://a.example')).toThrow(expect.objectContaining({ code: 'VENDOR_BROKEN' }));
  });
});
