import type { CommandEntry } from '../describe-commands.ts';
import { renderBash } from './bash.ts';
import { renderFish } from './fish.ts';
import { renderZsh } from './zsh.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const RENDERERS: Readonly<Record<Shell, (program: CommandEntry) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** The completion script of a shell for a described program. */
export function renderCompletion(shell: Shell, program: CommandEntry): string {
  return RENDERERS[shell](program);
}
