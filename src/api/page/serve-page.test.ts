import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../../test/harness/api-fleet.ts';
import { encodingFor } from './page-files.ts';

const SCRIPT = `export const long = '${'plumbline '.repeat(300)}';`;
let folder: string;
let fleet: ApiFleet;
let unbuilt: ApiFleet;
beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'plumbline-page-'));
  folder = join(parent, 'web');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'outside.js'), 'no');
  writeFileSync(
    join(folder, 'index.html'),
    '<html><meta name="csp-nonce" content="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="/assets/index-a1B2c3D4.js"></script></html>',
  );
  writeFileSync(join(folder, 'assets', 'index-a1B2c3D4.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-a1B2c3D4.js.map'), '{}');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  fleet = await openApiFleet(['desk-a'], () => ({ pageFolder: folder }));
  unbuilt = await openApiFleet([], () => ({ pageFolder: join(folder, 'nowhere') }));
});
afterAll(async () => {
  await fleet.close();
  await unbuilt.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const get = (url: string, headers: Record<string, string> = {}, from = fleet) =>
  from.app.inject({ method: 'GET', url, headers });

describe('the page', () => {
  it('is given for its own addresses, kept by no cache, with a nonce of this reply alone', async () => {
    const nonces = new Set<string>();
    for (const url of ['/', '/w/desk-a', '/w/desk-a/statements/S1.1', '/sign-in?next=/fleet']) {
      const reply = await get(url, html);
      expect([url, reply.statusCode, reply.headers['content-type']]).toEqual([url, 200, 'text/html; charset=utf-8']);
      expect(reply.headers['cache-control']).toBe('no-store');
      const nonce = /script-src 'self' 'nonce-([\w+/=]+)'/.exec(String(reply.headers['content-security-policy']))?.[1];
      expect(nonce).toMatch(/^[\w+/]{22}==$/);
      expect(reply.body.split(`"${nonce}"`)).toHaveLength(3);
      expect(reply.body).not.toContain('__CSP_NONCE__');
      nonces.add(nonce ?? '');
    }
    expect(nonces.size).toBe(4);
  });

  it('may be put into no frame, may load nothing from elsewhere and run nothing inline', async () => {
    const { headers } = await get('/', html);
    const lines = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((line) => [line.split(' ')[0], line.split(' ').slice(1)]),
    );
    expect(headers['x-frame-options']).toBe('DENY');
    expect(lines.get('frame-ancestors')).toEqual(["'none'"]);
    expect(lines.get('default-src')).toEqual(["'none'"]);
    expect(lines.get('base-uri')).toEqual(["'none'"]);
    expect(lines.get('style-src-attr')).toEqual(["'none'"]);
    expect(lines.get('form-action')).toEqual(["'self'"]);
    for (const [name, sources] of lines) {
      expect([name, sources?.filter((s) => !/^('self'|'none'|'nonce-.*'|data:)$/.test(s))]).toEqual([name, []]);
      if (name?.startsWith('script')) expect(sources).not.toContain('data:');
    }
  });

  it('is not given for what the interface does not have', async () => {
    for (const url of [
      '/v1/nothing',
      '/v1',
      '/healthz/x',
      '/metrics/x',
      '/assets/index-gone0000.js',
      '/openapi.json/x',
    ]) {
      const reply = await get(url, html);
      expect([url, reply.statusCode, reply.json().code]).toEqual([url, 404, 'UNKNOWN_NAME']);
      expect(reply.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    }
    expect((await get('/w/desk-a', { accept: 'application/json' })).statusCode).toBe(404);
    expect((await fleet.app.inject({ method: 'POST', url: '/w/desk-a', headers: html })).statusCode).toBe(404);
  });

  it('is not given under a name of somebody else', async () => {
    expect((await get('/', { ...html, host: 'rebound.evil.example' })).statusCode).toBe(403);
  });

  it('says how to build it where it was not built', async () => {
    const reply = await get('/', html, unbuilt);
    expect([reply.statusCode, reply.body.includes('npm run build')]).toEqual([200, true]);
    expect(String(reply.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  });
});

describe('files of the page', () => {
  it('are kept for ever when their name holds a hash, and are sent as small as the caller takes them', async () => {
    const url = '/assets/index-a1B2c3D4.js';
    const plain = await get(url);
    expect([plain.statusCode, plain.body === SCRIPT, plain.headers['content-encoding']]).toEqual([
      200,
      true,
      undefined,
    ]);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const br = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
    expect([br.headers['content-encoding'], br.headers.vary]).toEqual(['br', 'accept-encoding']);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(SCRIPT);
    const zipped = await get(url, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(SCRIPT);
    expect(zipped.rawPayload.length).toBeLessThan(200);
    const icon = await get('/favicon.svg');
    expect([icon.statusCode, icon.headers['cache-control']]).toEqual([200, 'no-store']);
  });

  it('are those of its folder alone, without source maps', async () => {
    for (const url of [
      '/../outside.js',
      '/assets/../../outside.js',
      '/%2e%2e/outside.js',
      '/assets/..%2f..%2foutside.js',
      '/assets/index-a1B2c3D4.js.map',
    ])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
  });

  it('come in the encoding that a header allows', () => {
    expect(encodingFor(undefined)).toBe('identity');
    expect(encodingFor('gzip;q=0.5, br;q=0')).toBe('gzip');
    expect(encodingFor('BR')).toBe('br');
    expect(encodingFor('deflate, zstd')).toBe('identity');
  });
});
