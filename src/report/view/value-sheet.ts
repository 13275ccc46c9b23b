import type { Range } from '../../domain/range.ts';
import type { ValueModel } from '../../domain/value-model.ts';
import type {
  ContactProposal,
  EvidenceState,
  PathStep,
  SideReading,
  ValueVerdict,
} from '../../domain/value-verdict.ts';
import { count, counted, percent, short } from '../numbers.ts';
import { type Cell, type Part, part, type Sheet } from './sheet.ts';

const STATES: Readonly<Record<EvidenceState, string>> = {
  shown: '✓ shown',
  not_shown: '✗ not shown',
  cannot_be_read: '· cannot be read',
};
const STEP_WORDS: Readonly<Record<PathStep['state'], string>> = {
  done: 'done',
  begun: 'begun',
  not_begun: 'not begun',
  unknown: 'nothing known',
};

/** Proposals that the sheet names. */
const MOST_PROPOSALS = 10;

/** Both ends, always: a range is never told as one number. */
function sayRange(range: Range | null, digits = 0): string {
  if (range === null) return 'unknown';
  const say = (value: number) =>
    Math.abs(value) >= 10
      ? `${value < 0 ? '−' : ''}${count(Math.abs(value))}`
      : short(value, digits === 0 ? 1 : digits);
  return `${say(range.low)} to ${say(range.high)}`;
}

function sideCell({ name, evidence, said }: SideReading): string {
  return `${name}: ${STATES[evidence]}${said === null ? '' : `, ${percent(said)} say yes`}`;
}

function exchange(verdict: ValueVerdict): Part {
  return part('Six exchanges', {
    lines: ['By what records show; what people say stands beside it. What cannot be read is no "no".'],
    table: {
      head: ['Customer', 'Company'],
      rows: verdict.pairs.map(({ customer, company }) => [sideCell(customer), sideCell(company)]),
    },
  });
}

function mixRow(
  name: string,
  share: number | null,
  bounds: Range | null,
  contacts: number,
  hours: Range | null,
): Cell[] {
  const bar: Cell = share === null ? '–' : { share, text: percent(share) };
  const span = bounds === null ? '–' : `${percent(bounds.low)} to ${percent(bounds.high)}`;
  return [name, bar, span, count(contacts), contacts === 0 ? '–' : sayRange(hours)];
}

function mix({ mix: found }: ValueVerdict): Part {
  if (found === null) return part('What contacts do to value', { lines: ['Contacts were not counted.'] });
  const { eroding, routine, adding, contacts, mapped, disputed, covered } = found;
  const lines = [
    covered === null
      ? 'There are no contacts in the window.'
      : `${count(mapped)} of ${count(contacts)} contacts are mapped (${percent(covered)})${disputed === 0 ? '' : `; on ${count(disputed)} of the others two of your rules disagree`}. The span says what the unmapped ones leave open.`,
  ];
  return part('What contacts do to value', {
    lines,
    table:
      covered === null
        ? null
        : {
            head: ['Kind', 'Share of mapped', 'Share of all', 'Contacts', 'Hours'],
            rows: [
              mixRow('eroding', eroding.share, eroding.bounds, eroding.contacts, eroding.hours),
              mixRow('routine', routine.share, routine.bounds, routine.contacts, routine.hours),
              mixRow('adding', adding.share, adding.bounds, adding.contacts, adding.hours),
            ],
          },
  });
}

function levers({ levers: found }: ValueVerdict): Part[] {
  if (found.length === 0) return [];
  const rows = found.map(({ name, acts_on, contacts, volume, hours, puts_to_use }) => [
    `${name} (${count(contacts)} ${acts_on})`,
    puts_to_use === null ? sayRange(volume) : '–',
    puts_to_use === null ? sayRange(hours) : `uses ${sayRange(puts_to_use)}`,
  ]);
  return [part('Three levers, in this window', { table: { head: ['Lever', 'Contacts freed', 'Hours freed'], rows } })];
}

function money({ economics: { inputs, outcomes } }: ValueVerdict): Part {
  const names = new Map(inputs.map(({ id, name }) => [id, name]));
  const known = outcomes.filter(({ range }) => range !== null);
  const missing = [...new Set(outcomes.flatMap((outcome) => outcome.missing))].map(
    (id) => names.get(id) ?? id.replace('-', ' '),
  );
  const lines = ['Ranges in, ranges out; every input can be replaced by your own with its source.'];
  if (missing.length > 0) lines.push(`Not given yet: ${missing.join(', ')}.`);
  return part('What it is worth', {
    lines,
    table:
      known.length === 0
        ? null
        : {
            head: ['Result', 'Range', 'Unit', 'From'],
            rows: known.map(({ name, range, unit, formula }) => [name, sayRange(range), unit, formula]),
          },
    list: inputs.flatMap(({ name, range, unit, source, year, cited }) =>
      range === null
        ? []
        : [
            `${name}: ${sayRange(range, 2)} ${unit} (${cited === null ? '' : `${cited}; `}${source}${year === null ? '' : `, ${year}`})`,
          ],
    ),
  });
}

function gap(model: ValueModel, { gap: found }: ValueVerdict): Part {
  const meaning = (id: string) => model.gap.reasons.find((reason) => reason.id === id);
  const lines =
    found.state === 'named'
      ? found.named.map((id) => `${meaning(id)?.name ?? id}: ${meaning(id)?.meaning ?? ''}`)
      : found.state === 'none'
        ? ['By the answers, none of the three reasons stands in the way.']
        : ['Too few have answered to name a reason.'];
  return part('Why value is not realised', {
    lines,
    table: {
      head: ['Reason', 'Missing', 'Answered'],
      rows: found.reasons.map(({ name, gap: size, known, of }) => [
        name,
        size === null ? 'unknown' : { share: size, text: percent(size) },
        `${known} of ${of}`,
      ]),
    },
  });
}

function path({ path: steps, next_step }: ValueVerdict): Part {
  return part('The approach in three steps', {
    list: steps.map(({ id, name, state, checks }) => {
      const open = checks.filter((check) => check.state !== 'yes');
      const missing = open.map(({ text, state: said }) => `${text}${said === 'unknown' ? ' (nobody knows)' : ''}`);
      return `${name}: ${STEP_WORDS[state]}${id === next_step ? ', next' : ''}${missing.length === 0 ? '' : `. Open: ${missing.join('; ')}`}`;
    }),
  });
}

function sayProposal({ by, value, contacts, kind, why }: ContactProposal): string {
  return `${by} ${value} (${counted(contacts, 'contact')}): ${kind ?? 'yours to say'}; ${why}`;
}

function proposals({ proposals: found }: ValueVerdict): Part[] {
  if (found.length === 0) return [];
  const more = found.length - MOST_PROPOSALS;
  return [
    part('Not mapped yet, with a proposal from what repeats', {
      lines: ['That a contact adds value is never proposed: only you can know.'],
      list: [...found.slice(0, MOST_PROPOSALS).map(sayProposal), ...(more > 0 ? [`… and ${more} more`] : [])],
    }),
  ];
}

/** What is to be said of a value exchange. */
export function valueSheet(model: ValueModel, verdict: ValueVerdict): Sheet {
  const { exchanged, of, readable } = verdict.overall;
  const people =
    verdict.respondents === 0 ? 'Nobody has answered yet.' : `${counted(verdict.respondents, 'person')} answered.`;
  return {
    title: model.title,
    lead: [
      `${exchanged} of ${of} exchanges are shown on both sides; records can speak of ${percent(readable)} of the sides. ${people}`,
      `${model.source}. Our reading: ${model.assumed.join('; ')}.`,
    ],
    parts: [
      exchange(verdict),
      mix(verdict),
      ...levers(verdict),
      money(verdict),
      gap(model, verdict),
      path(verdict),
      ...proposals(verdict),
    ],
  };
}
