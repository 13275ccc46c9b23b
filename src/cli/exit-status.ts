import { EXIT_CODES } from '../errors/plumbline-error.ts';

/** `snapshot --fail-below`: something is lower than was asked for. */
export const GATE_MISSED = 4;
/** `snapshot --fail-below`: it cannot be told, which is neither met nor missed. */
export const GATE_UNKNOWN = 5;

/** What the command line ends with; docs/errors.md and the manual page list it. */
export const EXIT_STATUS: readonly { readonly code: number; readonly meaning: string }[] = [
  { code: 0, meaning: 'Done.' },
  { code: EXIT_CODES.config, meaning: 'Usage or configuration: something is to be written otherwise.' },
  { code: EXIT_CODES.permission, meaning: 'A permission, a token or a secret is missing.' },
  {
    code: GATE_MISSED,
    meaning: 'snapshot --fail-below: the snapshot was kept, and something is lower than was asked for.',
  },
  {
    code: GATE_UNKNOWN,
    meaning:
      'snapshot --fail-below: the snapshot was kept, and what was asked for is not known: too little was seen or said.',
  },
  { code: EXIT_CODES.bug, meaning: 'A fault of Plumbline.' },
  { code: EXIT_CODES.vendor, meaning: 'Try again later: a helpdesk, the queue or the store does not answer now.' },
  { code: 130, meaning: 'Interrupted; what was read so far is kept.' },
];
