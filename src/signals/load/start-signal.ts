export interface Scaffold {
  /** Path under rules/signals. */
  readonly file: string;
  readonly text: string;
  readonly casesFile: string;
  readonly casesText: string;
}

function titleOf(id: string): string {
  const words = id.slice(id.indexOf('-') + 1).replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return title.length >= 5 ? title : `${title} is kept`;
}

/** A share that works as it is: first replies within a limit. Every line that an author changes says what it is for. */
export function startSignal(id: string, group: string): Scaffold {
  const text = `# A signal: what is measured, from which records, and from which line on it counts. Begun by \`plumbline rules new\`; it measures how many
# customers get a first reply within eight hours. Change it step by step, and play its cases after each: plumbline rules test ${id}
id: ${id} # letter and number that no other signal has, and the healthy state in words; the file has the same name
version: 1 # raise it when what is measured or a line changes
title: ${titleOf(id)} # the healthy state, no full stop
description: Share of tickets of customers that a person answers within eight hours of the wall clock.
group: ${group} # the folder that this file lies in
needs: [tickets, messages.author] # a helpdesk that does not show these is left out, never counted as "no"
estimator: share # one row a unit, \`hit\` true or false; the other estimators: docs/writing-signals.md, section 3
params: { limit_s: 28800 } # numbers that the SQL uses as $limit_s
window: 90d
min_sample: 30 # below it the finding is "insufficient"
# From \`partial\` on it speaks for level 2, from \`full\` on for level 3. CONV = our own convention; say whose.
lines: { partial: 0.5, full: 0.85, origin: CONV, source: 'our convention, to be replaced by your own' }
kind: behaviour # or config, for a setting
fooled_by:
  - a first reply that says nothing but that the ticket was seen
remedy: Staff the hours in which tickets wait longest for a first reply.
# Views and columns: docs/measure-views.md. $from is the start of the window, $as_of its end. \`cluster\` tells days apart, so that one bad week
# does not count as many independent misses. A \`hit\` of null is "cannot be told" and counts neither way.
sql: |
  select t.connection, t.id as unit, t.id as ticket, t.created_at as cluster,
    case when t.first_reply_calendar_s is not null then t.first_reply_calendar_s <= $limit_s
         when epoch($as_of - t.created_at) > $limit_s then false end as hit,
    t.first_reply_calendar_s as x_first_reply_s
  from ticket_h t
  where t.created_at >= $from
`;
  const casesText = `# Cases: small made-up desks and what must come out. \`n\` tickets each; times are after the ticket was opened. docs/writing-signals.md, section 5.
- name: nine in ten are answered in time
  given:
    tickets:
      - { n: 90, created: -80d..-10d, first_reply: 1h }
      - { n: 10, created: -80d..-10d, first_reply: 9h }
  expect: { status: measured, estimate: 0.9, n: 100 }
- name: half are answered in time
  on_line: partial # the estimate stands exactly on the line
  given:
    tickets:
      - { n: 50, created: -80d..-10d, first_reply: 1h }
      - { n: 50, created: -80d..-10d, first_reply: 9h }
  expect: { status: measured, estimate: 0.5 }
- name: a reply in the very second of the limit keeps it, a second later does not
  on_line: full
  given:
    tickets:
      # With another limit_s these two move with it; until they do, this case fails.
      - { n: 85, created: -80d..-10d, first_reply: 8h }
      - { n: 15, created: -80d..-10d, first_reply: 8h1s }
  expect: { status: measured, estimate: 0.85 }
- name: nobody answered
  given: { tickets: [{ n: 40, created: -80d..-10d }] }
  expect: { status: measured, estimate: 0, n: 40 }
- name: one ticket short
  given: { tickets: [{ n: 29, created: -80d..-10d, first_reply: 1h }] }
  expect: { status: insufficient, n: 29 }
- name: the helpdesk shows no tickets
  missing: [tickets]
  expect: { status: not_observable, reason: stream }
- name: each reply comes at once, and this signal cannot tell that it says nothing
  fooled_by: a first reply that says nothing but that the ticket was seen
  given: { tickets: [{ n: 40, created: -80d..-10d, first_reply: 1m }] }
  expect: { status: measured, estimate: 1 }
`;
  return { file: `${group}/${id}.yaml`, text, casesFile: `${group}/${id}.cases.yaml`, casesText };
}
