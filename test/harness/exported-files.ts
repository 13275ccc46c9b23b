import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Proposal } from '../../connectors/file/propose/propose-mapping.ts';
import { readFile } from './read-file.ts';

/** Writes lines into a new file of a folder that goes with the suite, and gives its path. */
export function exportedFiles(): (lines: readonly string[], ext?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-exports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let made = 0;
  return (lines, ext = 'csv') => {
    made += 1;
    const path = join(folder, `f${made}.${ext}`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
}

/** Column of the file by what it was taken for. */
export const chosen = (proposal: Proposal): Record<string, string> =>
  Object.fromEntries(proposal.choices.map((one) => [one.target, one.column]));

export const asked = (proposal: Proposal): string[] => proposal.points.map((one) => one.id);

/** Tickets under a proposed mapping, all open points answered with their first option (the zone is UTC). */
export async function readProposed(path: string, proposal: Proposal) {
  const { yaml } = proposal.settle(new Map(proposal.points.map((point) => [point.id, 0])));
  return (await readFile(path, yaml)).tickets;
}
