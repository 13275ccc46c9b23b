import { isSeq, parseDocument } from 'yaml';
import type { EconomicInput, ValueModel } from '../domain/value-model.ts';
import type { ContactProposal } from '../domain/value-verdict.ts';

const quoted = (text: string): string => JSON.stringify(text);

function sayShare(covers: number): string {
  return `${Math.round(100 * covers)} %`;
}

function note({ contacts, covers, why }: ContactProposal): string {
  return `${contacts} contacts, ${sayShare(covers)} of all: ${why}`;
}

function ruleLine(proposal: ContactProposal): string {
  const { by, value, kind } = proposal;
  const rule = `- { by: ${by}, value: ${quoted(value)}, kind: ${kind ?? '…'} }`;
  return `${kind === null ? '#   ' : '  '}${rule}  # ${note(proposal)}`;
}

function inputLine({ id, name, unit, low, high, source, year }: EconomicInput): string {
  const given =
    low === undefined || high === undefined
      ? 'only you can know it'
      : `${low} to ${high} (${source}${year === null ? '' : `, ${year}`}) unless you say otherwise`;
  return `#   ${id}: { low: …, high: …, source: …, year: … }  # ${name}, ${unit}: ${given}`;
}

/** A file to begin with: proposals as rules, what only people can know as comments. Pure. */
export function startExchangeFile(model: ValueModel, proposals: readonly ContactProposal[]): string {
  const known = proposals.filter(({ kind }) => kind !== null);
  const open = proposals.filter(({ kind }) => kind === null);
  return [
    `# What contacts do to value, code by code, for ${model.id}. eroding = should not have been needed; routine = could do without a person;`,
    '# adding = adds to what the customer gets, which is never proposed. The first of cause, category, tag and form that has a line decides.',
    '# Proposed from what repeats. Look at every line: take away what is wrong, and say what is open. `step: <pair>` ties a line to a pair',
    `# of the exchange: ${model.pairs.map(({ id }) => id).join(', ')}.`,
    `# It counts once plumbline.yaml names it: exchange: { ${model.id}: <this file> }`,
    known.length === 0 ? '# contacts:' : 'contacts:',
    ...known.map(ruleLine),
    ...(open.length === 0 ? [] : ['# Yours to say:', ...open.map(ruleLine)]),
    '',
    '# Figures of yours, each a range with its source. What nobody gives stays unknown, never zero.',
    '# figures:',
    ...model.economics.map(inputLine),
    '',
  ].join('\n');
}

/** Adds what is proposed to a file that stands; what is in it stays as it is, comments too. Pure. */
export function addToExchangeFile(text: string, proposals: readonly ContactProposal[]): string {
  const known = proposals.filter(({ kind }) => kind !== null);
  if (known.length === 0) return text;
  const document = parseDocument(text);
  const stood = document.get('contacts', true);
  const rules = isSeq(stood) && stood.items.length > 0 ? stood : document.createNode([]);
  rules.flow = false;
  for (const proposal of known) {
    const { by, value, kind } = proposal;
    const node = document.createNode({ by, value, kind }, { flow: true });
    node.comment = ` ${note(proposal)}`;
    rules.add(node);
  }
  document.set('contacts', rules);
  return document.toString({ lineWidth: 0 });
}
