import type { ValueModel } from '../domain/value-model.ts';
import type { ContactMix, ContactProposal } from '../domain/value-verdict.ts';
import { PlumblineError } from '../errors/index.ts';
import { mixContacts, proposeMapping } from '../scoring/index.ts';
import type { TelemetryStore } from '../store/ports.ts';
import { countContacts } from './count-contacts.ts';
import { endOfData } from './end-of-data.ts';

export interface ProposedContacts {
  readonly as_of: string;
  readonly window_days: number;
  /** By the rules that are in force. */
  readonly mix: ContactMix;
  /** Codes without a rule, most contacts first. */
  readonly proposals: readonly ContactProposal[];
}

/**
 * What customers' contacts of the window that ends with the data are by the rules in force, and a proposal for every frequent code without one.
 * Codes, keyed hashes and counts only. Errors: NO_DATA without telemetry.
 */
export async function proposeContacts(
  telemetry: TelemetryStore,
  model: ValueModel,
  windowDays: number,
): Promise<ProposedContacts> {
  const asOf = endOfData(await telemetry.observability());
  if (asOf === null)
    throw new PlumblineError(
      'NO_DATA',
      'There are no contacts to look at.',
      'Run plumbline connect and sync, or plumbline import.',
    );
  const window = { asOf, days: windowDays, leastOfTag: model.proposal.contacts };
  const { groups } = await countContacts(telemetry, window);
  const rules = model.exchange?.contacts ?? [];
  return {
    as_of: asOf.toISOString(),
    window_days: windowDays,
    mix: mixContacts(groups, rules).mix,
    proposals: proposeMapping(groups, rules, model.proposal),
  };
}
