import { createApi } from '../../src/api/app.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { openApiText } from '../../src/api/openapi.ts';
import { packageVersion } from '../../src/config/package.ts';
import { createLogger } from '../../src/logging/create-logger.ts';

/** The OpenAPI document of `serve`. Only the routes are looked at, so that parts which would do something are not there. */
export async function renderOpenApi(): Promise<string> {
  const unused = (): never => {
    throw new Error('The document is made without asking anything.');
  };
  const operations = new Proxy({} as ApiDeps['operations'], { get: () => unused });
  const app = await createApi({
    version: packageVersion(),
    config: {
      model: 'six-stage',
      window: '90d',
      serve: {
        host: '127.0.0.1',
        port: 0,
        requests_per_minute: 600,
        hosts: [],
        open_metrics: false,
        open_openapi: false,
        public_url: null,
        openid: null,
        sessions: { idle: '12h', longest: '7d' },
      },
    },
    pageFolder: null,
    openIdSecret: unused,
    clock: { now: unused, sleep: unused },
    log: createLogger('silent', process.stderr),
    randomBytes: unused,
    operations,
    store: unused,
    outcomes: {},
    model: unused,
    questionnaire: unused,
    judging: unused,
    models: unused,
    anyModel: unused,
    rules: unused,
    connectors: new Map(),
    opens: unused,
    secrets: { seal: unused, discard: unused },
    checkTarget: unused,
    queueCounts: unused,
    checkReady: unused,
    fleetStatus: unused,
  });
  try {
    return openApiText(app);
  } finally {
    await app.close();
  }
}
