import type { SentNotice } from '../../domain/notices.ts';

/** A notice by which a receiver is tried out: of a kind of its own, and nothing happened. `nonce` makes its id new each time. */
export function testNotice(input: {
  readonly workspace: string;
  readonly target: string;
  readonly at: Date;
  readonly nonce: string;
}): SentNotice {
  return {
    id: `ntc_test_${input.nonce}`,
    workspace: input.workspace,
    kind: 'test',
    subject: null,
    at: input.at,
    run: null,
    digest: null,
    text: `${input.workspace}: this is a test of the notice target ${input.target}; nothing happened.`,
    data: { target: input.target },
  };
}
