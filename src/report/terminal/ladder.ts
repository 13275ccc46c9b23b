import { clip, padEnd, type Style } from '../style.ts';
import type { LadderView } from '../view/ladder.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

type Rung = LadderView['rungs'][number];

/** The steps side by side, a bar for each probability; nothing while the verdict is withheld. */
export function renderLadder({ rungs }: LadderView, style: Style): string[] {
  if (rungs.every(({ probability }) => probability === null)) return [];
  const cell = Math.max(6, Math.floor((style.width - 2) / rungs.length));
  const bar = (p: number): string => {
    const eighths = Math.round(p * (cell - 2) * 8);
    return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  };
  const row = (render: (rung: Rung) => string): string =>
    `  ${rungs.map((rung) => padEnd(render(rung), cell)).join('')}`.trimEnd();
  return [
    row(({ step, marks }) => {
      const name = clip(`${step.stage} ${step.name}`, cell - 1);
      if (marks.includes('together')) return style.bold(name);
      return marks.includes('assured') ? name : style.dim(name);
    }),
    row(({ probability, marks }) => {
      const p = probability ?? 0;
      if (p < 0.005) return style.dim('·');
      return marks.includes('together') ? style.good(bar(p)) : style.accent(bar(p));
    }),
    row(({ text }) => style.dim(text)),
  ];
}
