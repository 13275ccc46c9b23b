import { describe, expect, it } from 'vitest';
import { mapClaim } from './map-claim.ts';
import { returnPath } from './return-path.ts';

const PUBLIC = 'http://localhost:7448';

describe('where to go afterwards', () => {
  it.each([
    ['/', '/'],
    ['/w/desk-a/statements/S1.1?model=six-stage#ledger', '/w/desk-a/statements/S1.1?model=six-stage#ledger'],
    [undefined, '/'],
    ['', '/'],
    ['w/desk-a', '/'],
    ['//evil.example', '/'],
    ['///evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/ö', '/'],
    ['/v1/tokens', '/'],
    ['/x/../v1/tokens', '/'],
    [`/${'x'.repeat(600)}`, '/'],
  ])('%j becomes %j', (asked, path) => {
    expect(returnPath(asked)).toBe(path);
    expect(new URL(returnPath(asked), PUBLIC).origin).toBe(PUBLIC);
  });
});

describe('what a claim grants', () => {
  const roles = {
    a: { role: 'viewer', workspaces: ['desk-b'] },
    b: { role: 'operator', workspaces: ['desk-b'] },
    c: { role: 'operator', workspaces: ['desk-a'] },
    d: { role: 'operator', workspaces: null },
  } as const;
  const of = (claim: unknown) => mapClaim(claim, { roles: structuredClone(roles) as never });
  it.each([
    ['a', { role: 'viewer', workspaces: ['desk-b'] }],
    [['a', 'b', 'c'], { role: 'operator', workspaces: ['desk-a', 'desk-b'] }],
    [['c', 'd'], { role: 'operator', workspaces: null }],
    [['x'], null],
    [null, null],
    [7, null],
    ['__proto__', null],
    [['constructor'], null],
  ])('of %j is %j', (claim, granted) => {
    expect(of(claim)).toEqual(granted);
  });
});
