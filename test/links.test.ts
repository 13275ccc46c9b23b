import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Documents that people read: those at the top, those of docs, and the README of each connector. */
function documents(): string[] {
  const below = (dir: string): string[] =>
    readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  const top = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  return [...top, ...below('docs'), ...below('connectors'), ...below('rules')];
}

/** Targets of links and pictures within the repository, without what stands behind `#`; none from code. */
function targets(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/<img[^>]*src="([^"]+)"/g)];
  return found
    .map((match) => (match[1] ?? '').split('#')[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

describe('links between documents', () => {
  it.each(documents())('%s leads nowhere that is not there', (file) => {
    const broken = targets(readFileSync(join(ROOT, file), 'utf8')).filter(
      (target) => !existsSync(resolve(ROOT, dirname(file), target)),
    );
    expect(broken).toEqual([]);
  });
});
