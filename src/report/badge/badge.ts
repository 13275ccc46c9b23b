import { type Html, html } from '../html/markup.ts';
import type { HeadlineView } from '../view/headline.ts';

const LABEL = 'support maturity';
const PAD = 8;
/** Width of a letter of 11 px Verdana at the most; the text is then fitted to it, so no font has to be measured. */
const LETTER = 6.4;

/** Colours by what the verdict rests on; white on each of them has a contrast of more than 4.5. */
const COLOURS: Readonly<Record<HeadlineView['face'], string>> = {
  step: '#0d6560',
  span: '#4a5a68',
  answers_only: '#8a4d08',
  not_placed: '#5b6571',
};

function messageOf({ title, face, assured }: HeadlineView): string {
  if (face === 'not_placed') return 'not placed';
  const words = face === 'answers_only' ? `${title}, self-reported` : title;
  return assured === null ? words : `${words} · assured ${assured.step.stage}`;
}

function box(text: string, x: number, colour: string): { readonly width: number; readonly drawn: Html } {
  const inner = Math.ceil(text.length * LETTER);
  const width = inner + 2 * PAD;
  return {
    width,
    drawn: html`<rect x="${x}" width="${width}" height="20" fill="${colour}"/><text x="${x + PAD}" y="14" textLength="${inner}" lengthAdjust="spacingAndGlyphs">${text}</text>`,
  };
}

/** A badge of the verdict for a wiki or a README: one line, without script, font or link of elsewhere. Pure. */
export function renderBadge(headline: HeadlineView): string {
  const message = messageOf(headline);
  const left = box(LABEL, 0, '#3b4753');
  const right = box(message, left.width, COLOURS[headline.face]);
  const width = left.width + right.width;
  const title = `${LABEL} of ${headline.workspace}, ${headline.last_day}: ${message}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${title}"><title>${title}</title><clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath><g clip-path="url(#r)" fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${left.drawn}${right.drawn}</g></svg>
`.text;
}
