import type { DeskResult } from './result.ts';

/** The words around the tables of docs/calibration.md. `command` is what repeats them. */
export function introduce(results: readonly DeskResult[], command: string): string {
  const words = [...new Set(results.map((r) => r.vocabulary))].join(', ');
  return `# How often it is right

<!-- written by \`${command}\` -->

${results.length} simulated companies of known truth, in these vocabularies: ${words}. This page is the output of one command, on any machine:

\`\`\`
${command}
\`\`\`

How it is done. A truth is drawn for each of the thirty statements (\`src/demo/random/draw-truth.ts\`): along a ladder, every statement for itself, or along a ladder with holes; parts that imply each other are kept together. From it come practices in the
words of a desk's people (\`draw-practices.ts\`), from them a life of half a year, ticket by ticket, behind an interface like Zendesk's, spoken in one of the vocabularies; \`opaque\` invents every word. The desk is synced over HTTP by the real
connector with nothing but its address, measured and judged. The generator knows no signal, and no line of any signal was fitted to these desks. The true stage is the published gate over the true levels.
Desks called \`held…\` were set aside while rules were changed.

How to read it. *Exact*, *forbidden* (two levels off) and *decided* are over statements of which enough was seen; a statement is decided when one level leads by three decibans. *Brier* and *ECE* take the probabilities of all seen statements. RPS is the mean
over stages of (P(stage >= s) - truth)^2. *Honest* answers are the truth with one slip of one level in eight; claiming ones say 3 throughout. The simpler tools know the same desks: always stage 2, the same answers taken at their word, five lines on
plain figures.

What it cannot show. Desks that are simulated are more regular than real ones, and what the simulation lacks (chat beside the desk, side conversations, article views) cannot be told from desks that lack it. Ten bins and some thousand statements leave an
expected calibration error of about .02 by chance alone. Generator and signals were brought together on the open desks, so only desks with seeds that nobody looked at count. Self-assessment that is honest by construction is nearly the truth: no real one is.

![Reliability](calibration.svg)

`;
}
