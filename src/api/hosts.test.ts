import { describe, expect, it } from 'vitest';
import { acceptsHost, hostName, isLoopback } from './hosts.ts';

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['[::1]', true],
    ['localhost', true],
    ['LOCALHOST', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['128.0.0.1', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.nip.example', false],
    ['', false],
  ])('%s is %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('hostName', () => {
  it.each([
    ['localhost:7448', 'localhost'],
    ['Desk.Example', 'desk.example'],
    ['[::1]:80', '[::1]'],
    ['user@localhost', null],
    ['localhost/x', null],
    ['a:b:c', null],
    ['', null],
    [undefined, null],
  ])('%s gives %s', (header, expected) => {
    expect(hostName(header)).toBe(expected);
  });
});

describe('acceptsHost', () => {
  const loopback = { host: '127.0.0.1', hosts: [] };
  const proxied = { host: '127.0.0.1', hosts: ['desks.example'] };
  const outside = { host: '0.0.0.0', hosts: [] };
  const named = { host: '0.0.0.0', hosts: ['desks.example'] };
  it.each([
    ['rebound.evil.example', loopback, false],
    ['localhost:1234', loopback, true],
    ['[::1]', loopback, true],
    [undefined, loopback, false],
    ['desks.example', loopback, false],
    ['DESKS.example:443', proxied, true],
    ['other.example', proxied, false],
    ['anything.example', outside, true],
    ['desks.example', named, true],
    ['127.0.0.1', named, true],
    ['other.example', named, false],
  ])('%s under %j: %s', (header, listening, expected) => {
    expect(acceptsHost(header, listening)).toBe(expected);
  });
});
