import type { Explanation } from '../../domain/explanation.ts';
import type { Style } from '../style.ts';
import { renderCriterion } from './explanation/criterion.ts';
import { renderSignal } from './explanation/signal.ts';
import { renderStage } from './explanation/stage.ts';
import { renderTicket } from './explanation/ticket.ts';

function linesOf(e: Explanation, style: Style): string[] {
  switch (e.kind) {
    case 'signal':
      return renderSignal(e, style);
    case 'criterion':
      return renderCriterion(e, style);
    case 'stage':
      return renderStage(e, style);
    case 'ticket':
      return renderTicket(e, style);
  }
}

/** The way from a number back to what it rests on. */
export function renderExplanation(e: Explanation, style: Style): string {
  return linesOf(e, style).join('\n');
}
