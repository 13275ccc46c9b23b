import { createApi } from '../../src/api/app.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { openApiText } from '../../src/api/openapi.ts';
import { ConfigFile } from '../../src/config/config.ts';
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
    config: { ...ConfigFile.parse({}), model: 'six-stage' },
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
    files: unused,
    uploads: { begin: unused, add: unused, whole: unused, drop: unused, close: unused },
    secrets: { seal: unused, discard: unused, pseudonymise: unused },
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
