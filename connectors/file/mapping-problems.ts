import { ACTIVITY_EFFECTS, type Mapping } from './mapping-schema.ts';

/** Metrics whose moment is in a file: a deadline can be held against it. */
const DATED_METRICS = ['first_reply', 'resolution', 'overall'];

function modeProblems(mapping: Mapping): string[] {
  const problems: string[] = [];
  const first = mapping.ticket.created_at;
  if (mapping.mode === 'events' && mapping.events === undefined)
    problems.push('mode events needs `events.at`, the column that stamps each change');
  if (mapping.mode === 'tickets' && mapping.events !== undefined)
    problems.push('`events` belongs to mode events; mode tickets reads one row a ticket');
  if (mapping.mode === 'tickets' && typeof first === 'object' && 'first_event' in first)
    problems.push('ticket.created_at: `first_event` belongs to mode events; name the column with the creation time');
  return problems;
}

/** What tells that a ticket is over: a status, an end stamp, the vendor's resolution time or an activity that resolves or closes. */
function endProblems(mapping: Mapping): string[] {
  const { status, solved_at, closed_at } = mapping.ticket;
  if (status !== undefined || solved_at !== undefined || closed_at !== undefined) return [];
  if ((mapping.durations ?? []).some((one) => one.measure === 'full_resolution')) return [];
  const activity = mapping.events?.activity;
  if (activity === undefined)
    return [
      `ticket.status, solved_at or closed_at is needed${mapping.mode === 'events' ? ', or events.activity with an activity that resolves or closes' : ''}: without one nothing tells how a ticket ends`,
    ];
  const effects = new Set(Object.values(activity.values));
  if (effects.has('resolves') || effects.has('closes')) return [];
  return [
    `events.activity lists nothing that resolves or closes a ticket, so nothing tells how a ticket ends: give one activity the value \`resolves\` or \`closes\` (known: ${ACTIVITY_EFFECTS.join(', ')}), or name ticket.status, solved_at or closed_at`,
  ];
}

function slaProblems(mapping: Mapping): string[] {
  return (mapping.sla ?? []).flatMap((sla, i) => {
    const given = (['met', 'due_at', 'target'] as const).filter((key) => sla[key] !== undefined);
    if (given.length !== 1)
      return [
        `sla.${i} (${sla.metric}) needs exactly one of met, due_at and target; it has ${given.length === 0 ? 'none' : given.join(' and ')}`,
      ];
    if (given[0] !== 'met' && !DATED_METRICS.includes(sla.metric))
      return [
        `sla.${i}: ${given[0]} cannot be held against ${sla.metric}, whose moment is not in a file; it can for ${DATED_METRICS.join(', ')}`,
      ];
    if (given[0] !== 'met' && sla.metric === 'first_reply' && !tellsFirstReply(mapping))
      return [
        `sla.${i}: ${given[0]} of first_reply needs the moment of the first reply: ticket.first_reply_at, a first_reply duration or an activity that replies`,
      ];
    return [];
  });
}

function tellsFirstReply(mapping: Mapping): boolean {
  return (
    mapping.ticket.first_reply_at !== undefined ||
    (mapping.durations ?? []).some((one) => one.measure === 'first_reply' && one.clock === 'calendar') ||
    Object.values(mapping.events?.activity?.values ?? {}).some(
      (effect) => effect === 'first_reply' || effect === 'reply',
    )
  );
}

function durationProblems(mapping: Mapping): string[] {
  const seen = new Map<string, string>();
  return (mapping.durations ?? []).flatMap((one, i) => {
    const what = `${one.measure} (${one.clock})`;
    const before = seen.get(what);
    seen.set(what, one.column);
    if (before !== undefined)
      return [`durations.${i}: ${what} is given by "${one.column}" and by "${before}": keep one of them`];
    if (one.measure.startsWith('waiting') && one.clock === 'business')
      return [
        `durations.${i}: ${one.measure} is kept on the wall clock only: leave "${one.column}" out or give its calendar twin`,
      ];
    return [];
  });
}

function satisfactionProblems({ satisfaction }: Mapping): string[] {
  if (satisfaction === undefined) return [];
  const { range, values } = satisfaction;
  if (range === undefined && values === undefined)
    return ['satisfaction needs `values` (word: 0 to 1) or `range` (worst and best number, e.g. [1, 5])'];
  if (range !== undefined && range[0] === range[1])
    return [`satisfaction.range is [${range.join(', ')}]: worst and best number must differ`];
  return [];
}

/** What a mapping cannot mean whatever the file holds, in words; empty when it can be read. */
export function findProblems(mapping: Mapping): string[] {
  return [
    ...modeProblems(mapping),
    ...endProblems(mapping),
    ...slaProblems(mapping),
    ...durationProblems(mapping),
    ...satisfactionProblems(mapping),
  ];
}
