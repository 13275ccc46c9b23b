import { once } from 'node:events';
import { printJson, printText } from '../io.ts';
import { parsePort } from '../parse-port.ts';
import type { RegisterCommand } from '../runner.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
}

export const registerServe: RegisterCommand = (program, run) => {
  program
    .command('serve')
    .description('answer over HTTP until interrupted; without DATABASE_URL this process does the jobs too')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <port>', 'port to listen on (default 7448)')
    .action(
      run(async ({ app, io, flags }, options: ServeOptions) => {
        const serving = await app.serve({
          ...(options.host !== undefined && { host: options.host }),
          ...(options.port !== undefined && { port: parsePort(options.port) }),
        });
        try {
          const anybody = (await (await app.operations()).tokens()).some((token) => token.revoked_at === null);
          if (flags.json) printJson(io, { url: serving.url });
          else printText(io, `Plumbline answers at ${serving.url}. Its interface is described in docs/api.md.`);
          if (!anybody) io.err('No access token exists yet. Make one: plumbline token add first --role admin\n');
          if (!app.signal.aborted) await once(app.signal, 'abort');
        } finally {
          await serving.close();
        }
      }),
    );
};
