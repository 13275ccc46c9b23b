import type { AuditDeps } from '../pipeline/audit.ts';
import type { App } from './app.ts';

/** What `audited` needs in a command; the actor of commands is `cli`. */
export async function cliAudit(app: Pick<App, 'operations' | 'clock' | 'randomBytes'>): Promise<AuditDeps> {
  const operations = await app.operations();
  return {
    operations,
    now: () => app.clock.now(),
    randomId: () => Buffer.from(app.randomBytes(16)).toString('hex'),
  };
}
