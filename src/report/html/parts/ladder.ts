import type { LadderView } from '../../view/ladder.ts';
import { headed } from '../../view/step.ts';
import { type Html, html } from '../markup.ts';

const MARK_WORDS: Readonly<Record<LadderView['rungs'][number]['marks'][number], string>> = {
  said: 'people say',
  seen: 'records show',
  together: 'together',
  assured: 'assured',
};

function rung({ step, probability, text, in_range, marks }: LadderView['rungs'][number], word: string): Html {
  const width = Math.min(100, (probability ?? 0) * 100).toFixed(1);
  return html`<tr class="${in_range ? 'in-range' : ''}${marks.includes('together') ? ' here' : ''}">
<th scope="row"><span class="rung-number">${step.stage}</span> ${step.name === '' ? `${headed(word)} ${step.stage}` : step.name}</th>
<td class="law"><span class="law-bar" style="width:${width}%"></span></td>
<td class="number">${text}</td>
<td class="marks">${marks.map((mark) => html`<span class="mark ${mark}">${MARK_WORDS[mark]}</span> `)}</td></tr>`;
}

/** The ladder with the law of the verdict on it, the highest step on top. */
export function ladderPart({ word, rungs }: LadderView): Html {
  return html`<table class="ladder"><caption>How likely each ${word} is${rungs.some(({ in_range }) => in_range) ? '; tinted: where it may still lie by what is not seen' : ''}</caption>
<tbody>${rungs.toReversed().map((one) => rung(one, word))}</tbody></table>`;
}
