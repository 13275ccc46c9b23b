import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiFleet, openApiFleet } from '../../test/harness/api-fleet.ts';
import { type RunningApi, serveApi } from './server.ts';

let fleet: ApiFleet;
let running: RunningApi;
afterEach(async () => {
  await running.close();
  await fleet.close();
});

const SHORT = { headersMs: 200, requestMs: 400, idleMs: 60_000, checkEveryMs: 50 };

async function serve(patience = SHORT): Promise<number> {
  fleet = await openApiFleet(['desk-a']);
  running = await serveApi({ ...fleet.deps, patience });
  return Number(new URL(running.url).port);
}

/** Sends the beginning of a request and nothing more; gives what came back when the server ends the connection. */
function stall(port: number, beginning: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(beginning));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(text));
  });
}

const head = (token: string, length: number): string =>
  `POST /v1/workspaces HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('a caller who takes too long', () => {
  it('with the headers is cut off', async () => {
    const port = await serve();
    expect(await stall(port, 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ')).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('with the body is cut off, and that is not a fault of ours in log and audit', async () => {
    const port = await serve();
    const { token } = await fleet.token('admin');
    expect(await stall(port, `${head(token, 100)}{"name":`)).not.toMatch(/^HTTP\/1\.1 (2|5)/);
    await expect.poll(async () => (await fleet.audit()).length).toBe(1);
    const [entry] = await fleet.audit();
    expect(entry).toMatchObject({
      action: 'workspace.add',
      outcome: 'refused',
      detail: { status: 400, code: 'BAD_USAGE' },
    });
    expect(fleet.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('is cut off when nothing goes either way', async () => {
    const port = await serve({ headersMs: 60_000, requestMs: 60_000, idleMs: 200, checkEveryMs: 60_000 });
    expect(await stall(port, 'GET /healthz HTTP/1.1\r\n')).not.toMatch(/^HTTP\/1\.1 (2|5)/);
  });
});

describe('an upload that its caller breaks off', () => {
  it('is refused, not failed', async () => {
    await serve();
    const { app } = fleet;
    await app.listen({ host: '127.0.0.1', port: 0 });
    let seen: IncomingMessage | null = null;
    app.server.once('request', (request: IncomingMessage) => {
      seen = request;
    });
    const { token } = await fleet.token('admin');
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head(token, 100)}{"name":`));
    socket.once('error', () => undefined);
    // The end has to fall into the reading of the body.
    await expect.poll(() => seen?.listenerCount('data') ?? 0).toBeGreaterThan(0);
    socket.resetAndDestroy();
    await expect.poll(async () => (await fleet.audit()).length).toBe(1);
    expect((await fleet.audit())[0]).toMatchObject({ outcome: 'refused', detail: { status: 400 } });
    expect(fleet.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });
});
