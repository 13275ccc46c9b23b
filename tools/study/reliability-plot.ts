import { reliability } from './figures.ts';
import type { StatementSaid } from './result.ts';

const SIZE = 360;
const EDGE = 46;
const COLOURS = ['#b3452c', '#7a6a1e', '#1f6f5c'] as const;

/** Reliability of the three levels: said probability to the right, true share upwards, circles by the number of statements. */
export function drawReliability(statements: readonly StatementSaid[]): string {
  const x = (p: number): string => (EDGE + p * SIZE).toFixed(1);
  const y = (p: number): string => (20 + (1 - p) * SIZE).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const series = ([1, 2, 3] as const).map((level, index) => {
    const bins = reliability(statements, level);
    const line = bins.map((bin) => `${x(bin.said)},${y(bin.true)}`).join(' ');
    const dots = bins.map(
      (bin) =>
        `<circle cx="${x(bin.said)}" cy="${y(bin.true)}" r="${Math.min(9, 1.5 + Math.sqrt(bin.n) / 3).toFixed(1)}" fill="${COLOURS[index]}" fill-opacity="0.6"/>`,
    );
    return `<polyline points="${line}" fill="none" stroke="${COLOURS[index]}" stroke-width="1.5"/>${dots.join('')}
<text x="${EDGE + 12}" y="${40 + index * 18}" fill="${COLOURS[index]}">level ${level}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE + EDGE + 20} ${SIZE + 70}" font-family="sans-serif" font-size="12">
<title>Said probability of a level and how often it was true</title>
<rect x="${EDGE}" y="20" width="${SIZE}" height="${SIZE}" fill="none" stroke="#888"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 4"/>
${ticks.map((tick) => `<text x="${x(tick)}" y="${SIZE + 38}" text-anchor="middle">${tick}</text><text x="${EDGE - 8}" y="${y(tick)}" text-anchor="end" dy="4">${tick}</text>`).join('\n')}
<text x="${EDGE + SIZE / 2}" y="${SIZE + 58}" text-anchor="middle">said</text>
<text x="12" y="${20 + SIZE / 2}" text-anchor="middle" transform="rotate(-90 12 ${20 + SIZE / 2})">true</text>
${series.join('\n')}
</svg>
`;
}
