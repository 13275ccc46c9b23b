import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { ConfigFile, ENVIRONMENT } from '../../src/config/config.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const DEFAULTS = ConfigFile.parse({});

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const GLOBAL_FLAGS = ['--data', '--config', '--workspace', '--json', '--quiet', '--verbose', '--version', '--help'];

const registers = await Promise.all(COMMANDS.map((file) => file.load()));

function allCommands(): Command {
  const program = new Command('plumbline');
  for (const register of registers) register(program, () => async () => undefined);
  return program;
}

/** What is wrong with words that follow `plumbline`; null when the product has this command with these flags. */
export function findUnknownWord(words: readonly string[]): string | null {
  const rest = [...words];
  const flags: string[] = [];
  let command = allCommands();
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) {
      const name = word.split('=', 1)[0] as string;
      flags.push(name);
      if (['--data', '--config', '--workspace'].includes(name) && !word.includes('=')) rest.shift();
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next !== undefined) command = next;
    else if (command.parent === null) return `command ${word}`;
    else if (command.commands.length > 0) return `command ${command.name()} ${word}`;
  }
  const known = new Set([...GLOBAL_FLAGS, ...command.options.flatMap((option) => option.long ?? [])]);
  const unknown = flags.find((flag) => !known.has(flag));
  return unknown === undefined ? null : `flag ${unknown} of ${command.name()}`;
}

function sources(folder: string): string {
  if (!existsSync(join(ROOT, folder))) return '';
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readText(join(folder, file)))
    .join('\n');
}
const CONFIG_SOURCES = sources('src/config');
const API_SOURCES = sources('src/api');

/** Whether the product reads the environment variable, itself or as the name of a file with its value. */
export function readsVariable(name: string): boolean {
  const base = name.replace(/_FILE$/, '');
  return name in ENVIRONMENT || name === 'NODE_ENV' || CONFIG_SOURCES.includes(`'${base}'`);
}

/** Whether the HTTP interface has the route or series. */
export function apiNames(text: string): boolean {
  return API_SOURCES.includes(`'${text}'`);
}

/** `512MB`, `2GB` of our settings, `2g` of a container, `3Gi` of Kubernetes: megabytes. */
export function megabytes(text: string): number {
  const match = /^(\d+)(MB|GB|m|g|Mi|Gi|mb|gb)$/.exec(text);
  if (match === null) throw new Error(`${text} is no size`);
  return Number(match[1]) * (/^g/i.test(match[2] as string) ? 1024 : 1);
}

export function seconds(text: string): number {
  const match = /^(\d+)s$/.exec(text);
  if (match === null) throw new Error(`${text} is no time in seconds`);
  return Number(match[1]);
}
