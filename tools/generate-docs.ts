import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mappingJsonSchema } from '../connectors/file/mapping-schema.ts';
import { renderCatalogueDoc } from './docs/catalogue.ts';
import { renderCrosswalkDoc } from './docs/crosswalk.ts';
import { renderDataDictionary, renderSignalQueries } from './docs/data-dictionary.ts';
import { renderErrorsDoc } from './docs/errors.ts';
import { renderManPage } from './docs/man.ts';
import { renderMetricsDoc } from './docs/metrics.ts';
import { renderOpenApi } from './docs/openapi.ts';
import { renderRulesDoc } from './docs/rules.ts';
import { renderSameDeskDoc } from './docs/same-desk.ts';
import { renderSchema, SCHEMAS } from './docs/schemas.ts';
import { renderSignalsDoc } from './docs/signals.ts';
import { renderTelemetryDoc } from './docs/telemetry.ts';
import { renderVendorsDoc } from './docs/vendors.ts';
import { renderApiTypes } from './generate-api-types.ts';

/** Writes every generated document; with --check only says which are not current, and fails. */
const ROOT = join(import.meta.dirname, '..');
const documents: Record<string, () => string | Promise<string>> = {
  'docs/catalogue.html': renderCatalogueDoc,
  'docs/crosswalk.md': renderCrosswalkDoc,
  'docs/data-dictionary.md': renderDataDictionary,
  'docs/signal-queries.md': renderSignalQueries,
  'docs/errors.md': renderErrorsDoc,
  'docs/openapi.json': renderOpenApi,
  'web/generated/api.ts': async () => renderApiTypes(await renderOpenApi()),
  'docs/metrics.md': renderMetricsDoc,
  'docs/man/plumbline.1': renderManPage,
  'docs/same-desk.md': renderSameDeskDoc,
  'docs/signals.md': renderSignalsDoc,
  'docs/telemetry.md': renderTelemetryDoc,
  'docs/vendors.md': renderVendorsDoc,
  'rules/README.md': renderRulesDoc,
  'docs/schemas/mapping.schema.json': () => `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`,
};
for (const name of Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[])
  documents[`docs/schemas/${name}.schema.json`] = () => renderSchema(name);

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [file, render] of Object.entries(documents)) {
  const path = join(ROOT, file);
  const text = await render();
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
if (stale.length > 0)
  console.log(check ? `Not current, run npm run docs: ${stale.join(', ')}` : `Wrote ${stale.join(', ')}`);
process.exit(check && stale.length > 0 ? 1 : 0);
