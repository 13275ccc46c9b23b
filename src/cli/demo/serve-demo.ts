import { once } from 'node:events';
import { addToken, revokeToken } from '../../pipeline/access-tokens.ts';
import { audited } from '../../pipeline/audit.ts';
import type { App } from '../app.ts';
import { cliAudit } from '../audit.ts';
import { printText } from '../io.ts';
import type { CommandContext } from '../runner.ts';

const NAME = 'demo';
const LIFETIME_MS = 86_400_000;

/** A token for a day that opens the demo desks alone; those of earlier demos end. */
async function demoToken(app: App, workspaces: readonly string[]): Promise<string> {
  const operations = await app.operations();
  const deps = { operations, now: app.clock.now(), randomBytes: app.randomBytes };
  const earlier = (await operations.tokens()).filter(({ name, revoked_at }) => name === NAME && revoked_at === null);
  for (const { id } of earlier) await revokeToken(id, deps);
  const expiresAt = new Date(deps.now.getTime() + LIFETIME_MS);
  const act = { action: 'token.add', workspace: null, subject: NAME, detail: {}, actor: 'cli' };
  const made = await audited(act, await cliAudit(app), () =>
    addToken({ name: NAME, role: 'operator', workspaces, expiresAt }, deps),
  );
  return made.token;
}

/** Answers over HTTP for the demo desks until interrupted, and says where, and with which token one signs in. Errors: BAD_CONFIG (address taken). */
export async function serveDemo(
  { app, io }: CommandContext,
  workspaces: readonly string[],
  port: number | null,
): Promise<void> {
  const token = await demoToken(app, workspaces);
  const serving = await app.serve(port === null ? {} : { port });
  try {
    printText(io, `\nThe page of the demo desks: ${serving.url}\nSign in with (for a day): ${token}\nCtrl-C ends it.`);
    if (!app.signal.aborted) await once(app.signal, 'abort');
  } finally {
    await serving.close();
  }
}
