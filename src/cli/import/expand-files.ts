import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';

interface ExpandedFiles {
  /** Absolute, in the order in which they are read; each once. */
  readonly paths: readonly string[];
  /** The same as they are shown. */
  readonly files: readonly string[];
  /** Files of a folder that are left alone: of another format, or no data. */
  readonly skipped: readonly string[];
  /** What the import is called when nobody names it: the folder, else the first file. */
  readonly source: string;
}

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/\.(csv|tsv|tab|txt)(\.gz)?$/i, 'csv'],
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, 'json'],
  [/\.parquet$/i, 'parquet'],
  [/\.xlsx$/i, 'xlsx'],
];

const collator = new Intl.Collator('en', { numeric: true });

function formatOf(name: string): string | null {
  return FORMATS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const info = await stat(path).catch(() => null);
  if (info === null) return null;
  return info.isDirectory() ? 'folder' : 'file';
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort(collator.compare);
}

/** The data files of a folder, of the format that most of them have. */
async function openFolder(folder: string, shown: string): Promise<{ taken: string[]; skipped: string[] }> {
  const names = await listFiles(folder);
  const counts = new Map<string, number>();
  for (const name of names) {
    const format = formatOf(name);
    if (format !== null) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  const [best, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined)
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${shown} holds no file to import.`,
      'Name a folder with CSV, JSON, Parquet or xlsx files; folders inside it are not looked into.',
      { where: shown },
    );
  if (second !== undefined && second[1] === best[1])
    throw new PlumblineError(
      'BAD_INPUT_FILE',
      `${shown} holds as many ${best[0]} as ${second[0]} files (${best[1]}): which ones are meant?`,
      `Name the files, e.g. "${join(shown, `*.${best[0]}`)}".`,
      { where: shown },
    );
  const isTaken = (name: string): boolean => formatOf(name) === best[0];
  return { taken: names.filter(isTaken), skipped: names.filter((name) => !isTaken(name)) };
}

function toRegExp(pattern: string): RegExp {
  const body = pattern.replace(/\[[^\]]+\]|[.+^${}()|[\]\\*?]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
  return new RegExp(`^${body}$`);
}

const isPattern = (text: string): boolean => /[*?]|\[[^\]]+\]/.test(text);

/** What one part of a pattern names below a folder. */
async function matchPart(cwd: string, base: string, part: string): Promise<string[]> {
  if (!isPattern(part)) return (await kindOf(resolve(cwd, base, part))) === null ? [] : [join(base, part)];
  // A file in the place of a folder holds nothing; one that may not be read matches nothing and is said so by the caller.
  const names = await readdir(resolve(cwd, base === '' ? '.' : base)).catch(() => []);
  const like = toRegExp(part);
  return names
    .filter((name) => like.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .sort(collator.compare)
    .map((name) => join(base, name));
}

/** Files that match a pattern as shells know it: *, ? and [abc] inside names; hidden files only when asked for. */
async function matchPattern(cwd: string, pattern: string): Promise<string[]> {
  let found = [pattern.startsWith('/') ? '/' : ''];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    const next: string[] = [];
    for (const base of found) next.push(...(await matchPart(cwd, base, part)));
    found = next;
  }
  const files: string[] = [];
  for (const one of found) if ((await kindOf(resolve(cwd, one))) === 'file') files.push(one);
  return files;
}

/**
 * Brings the arguments of `import` to files: a file as it is, a quoted pattern as the shell would expand it, a folder as its data files of
 * one format. Errors: BAD_INPUT_FILE for a pattern that matches nothing and a folder without data or with two formats in equal number.
 */
export async function expandFiles(args: readonly string[], cwd: string): Promise<ExpandedFiles> {
  const files: string[] = [];
  const skipped: string[] = [];
  for (const arg of args) {
    const kind = await kindOf(resolve(cwd, arg));
    if (kind === 'folder') {
      const { taken, skipped: left } = await openFolder(resolve(cwd, arg), arg);
      files.push(...taken.map((name) => join(arg, name)));
      skipped.push(...left.map((name) => join(arg, name)));
    } else if (kind === null && isPattern(arg)) {
      const matched = await matchPattern(cwd, arg.split(sep).join('/'));
      if (matched.length === 0)
        throw new PlumblineError('BAD_INPUT_FILE', `No file matches ${arg}.`, 'Check the folder and the pattern.', {
          where: arg,
        });
      files.push(...matched);
    } else files.push(arg);
  }
  const once = new Map(files.map((file) => [resolve(cwd, file), file]));
  const [first] = args;
  const isFolder = args.length === 1 && first !== undefined && (await kindOf(resolve(cwd, first))) === 'folder';
  return {
    paths: [...once.keys()],
    files: [...once.values()],
    skipped,
    source: isFolder ? basename(resolve(cwd, first)) : ([...once.values()][0] ?? 'file'),
  };
}
