import type { Side, ValueModel } from '../../domain/value-model.ts';
import type { EvidenceSource, EvidenceState, SideReading } from '../../domain/value-verdict.ts';
import { type ItemVoices, shareOfYes } from '../item-answers.ts';
import { askSignal, type SignalPool } from '../yes-no.ts';
import type { MixedContacts } from './mix-contacts.ts';

export interface ValueContext {
  readonly model: ValueModel;
  readonly pool: SignalPool;
  readonly voices: ItemVoices;
  /** Null = no contacts were handed in. */
  readonly contacts: MixedContacts | null;
  readonly asOf: Date;
}

/** Room for the rounding of probabilities. */
const ROUNDING = 1e-9;

export function readSignal(fed: Side['signals'][number], { model, pool, asOf }: ValueContext): EvidenceSource {
  const by = `${fed.id} ${fed.gate}`;
  const says = askSignal(fed, pool, model.half_life_days, asOf);
  const finding = pool.findings.get(pool.signals.get(fed.id)?.id ?? fed.id);
  if ('silent' in says) return { by, state: 'cannot_be_read', figure: null, n: null, reason: says.silent };
  // A one-sided signal says yes with its probability as weight; age takes from both kinds alike and moves a reading towards "open".
  const oneSided = pool.signals.get(fed.id)?.one_sided === true;
  const yes = oneSided ? says.weight : says.yes * says.weight;
  const no = oneSided ? 0 : (1 - says.yes) * says.weight;
  const line = model.evidence.shown;
  const state: EvidenceState =
    yes >= line - ROUNDING ? 'shown' : no > 1 - line + ROUNDING ? 'not_shown' : 'cannot_be_read';
  return {
    by,
    state,
    figure: finding?.pass?.[fed.gate] ?? null,
    n: finding?.n ?? null,
    reason: state === 'cannot_be_read' ? 'neither found nor ruled out' : null,
  };
}

function readContacts(pair: string, side: Side, { model, contacts }: ValueContext): EvidenceSource[] {
  if (side.contacts === undefined) return [];
  const open = (reason: string): EvidenceSource[] => [
    { by: 'contacts', state: 'cannot_be_read', figure: null, n: null, reason },
  ];
  if (contacts === null) return open('no contacts were counted');
  const { evidence } = model;
  const step = contacts.steps.get(pair) ?? { contacts: 0, answered: 0 };
  const enough = step.contacts >= evidence.contacts;
  if (!enough) {
    if ((contacts.mix.covered ?? 0) < evidence.covered)
      return open('too few contacts are mapped to say that there are none of this kind');
    if (side.contacts === 'answered') return open('too few contacts of this kind to tell how they are answered');
    return [{ by: 'contacts', state: 'not_shown', figure: null, n: step.contacts, reason: null }];
  }
  if (side.contacts === 'asked')
    return [{ by: 'contacts', state: 'shown', figure: null, n: step.contacts, reason: null }];
  if (step.answered === null) return open('replies are not recorded');
  const share = step.answered / step.contacts;
  const state = share >= evidence.answered ? 'shown' : 'not_shown';
  return [{ by: 'contacts', state, figure: share, n: step.contacts, reason: null }];
}

/**
 * What records show of one side of a pair: shown when any source shows it, else not shown when any source could and does not, else it cannot be
 * read. People's word stands beside it. Errors: those of `askSignal`.
 */
export function readSide(pair: string, side: Side, context: ValueContext): SideReading {
  const sources = [...side.signals.map((fed) => readSignal(fed, context)), ...readContacts(pair, side, context)];
  const has = (state: EvidenceState) => sources.some((source) => source.state === state);
  const voices = context.voices.get(side.id) ?? [];
  return {
    id: side.id,
    name: side.name,
    evidence: has('shown') ? 'shown' : has('not_shown') ? 'not_shown' : 'cannot_be_read',
    sources,
    said: shareOfYes(voices),
    respondents: voices.filter(({ value }) => value === 'yes' || value === 'no').length,
  };
}
