import type { WhatIfInputs } from '../../src/domain/what-if.ts';
import type { JudgeInputs } from './judge-again.ts';

type OverTheWire = Omit<WhatIfInputs, 'answers'> & {
  readonly answers: readonly (Omit<WhatIfInputs['answers'][number], 'answered_at' | 'expires_at'> & {
    readonly answered_at: string;
    readonly expires_at: string;
  })[];
};

/** The reply of `GET .../what-if` with its instants made dates again. */
export function readInputs(reply: OverTheWire): JudgeInputs & Pick<WhatIfInputs, 'notes'> {
  return {
    model: reply.model,
    signals: reply.signals,
    findings: reply.findings,
    answers: reply.answers.map((answer) => ({
      ...answer,
      answered_at: new Date(answer.answered_at),
      expires_at: new Date(answer.expires_at),
    })),
    notApplicable: reply.not_applicable,
    asOf: new Date(reply.as_of),
    notes: reply.notes,
  };
}
