import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PlumblineError, parseYaml } from '../../../src/errors/index.ts';
import { Mapping } from '../mapping-schema.ts';
import { bareName } from './header.ts';

/** What a product really exports: how its files are recognised and what its columns mean. Column names match in any case; `A | B` = the first that is there. */
export const Preset = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  product: z.string().min(1).describe('For the screen, e.g. "Zendesk ticket export".'),
  signature: z
    .strictObject({
      all: z.array(z.string()).min(1).describe('Columns that every such file has.'),
      some: z.array(z.string()).optional().describe('Columns of which at least `least` are there.'),
      least: z.int().min(1).optional(),
    })
    .describe('Header that recognises the product.'),
  ticket: Mapping.shape.ticket.partial(),
  events: Mapping.shape.events.unwrap().partial().optional(),
  durations: Mapping.shape.durations,
  sla: Mapping.shape.sla,
  satisfaction: Mapping.shape.satisfaction,
  unused: z.record(z.string(), z.string()).optional().describe('Columns left out on purpose -> why.'),
  confirmed: z.array(z.string()).min(1).describe('What was confirmed, and from what kind of source.'),
  memory: z.array(z.string()).optional().describe('What is from memory.'),
});
export type Preset = z.infer<typeof Preset>;

/** Folder of the presets: beside the sources, also when the built program runs from another folder of the package. */
function presetFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const found = join(folder, 'connectors', 'file', 'presets');
    if (existsSync(found)) return found;
    const parent = dirname(folder);
    if (parent === folder)
      throw new PlumblineError('BUG', 'The presets of the installation are missing.', 'Install Plumbline again.');
    folder = parent;
  }
}

/** All presets that ship. Errors: BUG when they are missing, BAD_MAPPING for one that is not of the form. */
export function loadPresets(): readonly Preset[] {
  const folder = presetFolder();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) =>
      parseYaml(
        {
          text: readFileSync(join(folder, file), 'utf8'),
          name: file,
          code: 'BAD_MAPPING',
          remedy: 'Install Plumbline again; the presets ship with it.',
        },
        Preset,
      ),
    );
}

/** What a JSON export puts into the object of one cell: what people see, and what is stored. Times are stored in UTC and shown in a zone of the reader. */
const SHOWN_FIRST = ['.display_value', '.value'];

/**
 * Column of the file under one of the names of a preset, also with its zone in brackets ("Created (Europe/Berlin)"), with the arrow of a sorted report, or as the part of an
 * object (`state.display_value`; `stored`: `state.value` goes before it); null when none is there.
 */
export function resolveColumn(name: string, columns: readonly string[], stored = false): string | null {
  const parts = stored ? SHOWN_FIRST.toReversed() : SHOWN_FIRST;
  const find = (wanted: string): string | undefined =>
    columns.find((column) => column.trim().toLowerCase() === wanted) ??
    columns.find((column) => bareName(column).toLowerCase() === wanted);
  for (const one of name.split(' | ').map((text) => text.trim().toLowerCase()))
    for (const part of ['', ...parts]) {
      const found = find(`${one}${part}`);
      if (found !== undefined) return found;
    }
  return null;
}

/** The preset whose signature the header bears; the one that asks for most columns when several do, null when none does. */
export function matchPreset(presets: readonly Preset[], columns: readonly string[]): Preset | null {
  const has = (name: string): boolean => resolveColumn(name, columns) !== null;
  const fits = presets.filter(({ signature }) => {
    const some = (signature.some ?? []).filter(has).length;
    return signature.all.every(has) && some >= (signature.least ?? 0);
  });
  const weight = ({ signature }: Preset): number => signature.all.length + (signature.least ?? 0);
  return [...fits].sort((a, b) => weight(b) - weight(a))[0] ?? null;
}
