import { once } from 'node:events';
import { PlumblineError } from '../../errors/index.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new PlumblineError('BAD_USAGE', `--port ${text} is not a port.`, 'Use a number up to 65535; 0 = any free one.');
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
          ...(options.port !== undefined && { port: portOf(options.port) }),
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
