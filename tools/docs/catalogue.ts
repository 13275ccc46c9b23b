import { join } from 'node:path';
import { onlyStaged, readModels } from '../../src/models/index.ts';
import { renderCatalogue } from '../../src/report/html/render-catalogue.ts';
import { catalogueView } from '../../src/report/view/catalogue.ts';
import { METHODS } from '../../src/scoring/index.ts';
import { loadSignals } from '../../src/signals/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** The model that is shown where none is named. */
const SHOWN = 'six-stage';

/** docs/catalogue.html: the screen Catalogue of the page for those who have no server. */
export function renderCatalogueDoc(): string {
  const definitions = loadSignals(join(ROOT, 'rules', 'signals')).signals.map((one) => one.definition);
  const models = onlyStaged(readModels(join(ROOT, 'rules', 'models'), METHODS, definitions));
  const shown = models.find(({ model }) => model.id === SHOWN);
  if (shown === undefined) throw new Error(`rules/models has no ${SHOWN}`);
  return renderCatalogue(catalogueView(shown.model, new Map(definitions.map((one) => [one.id, one]))));
}
