import { defineTable, is, type Table } from '../columns.ts';

const signal = is.text('The signal.');
const model = is.text('The model.');

const snapshot = defineTable({
  name: 'snapshot',
  doc: 'The snapshot itself: one row.',
  key: ['digest'],
  columns: {
    digest: is.text('SHA-256 of the snapshot.'),
    measurement: is.maybeText('SHA-256 of the measurement; null = a snapshot of before 2026-11-28.'),
    workspace: is.text('The workspace.'),
    as_of: is.time('End of the data looked at, exclusive.'),
    window_from: is.time('Begin of the usual window.'),
    plumbline: is.text('Version of the program.'),
    rules_hash: is.text('SHA-256 of the rules.'),
  },
});

const finding = defineTable({
  name: 'finding',
  doc: 'What one signal found in its window.',
  key: ['signal'],
  columns: {
    signal,
    version: is.int('Version of the signal.'),
    status: is.text('measured, insufficient, not_observable, not_applicable or failed.'),
    reason: is.maybeText('Why it is not measured; null = it is.'),
    detail: is.maybeText('The same for people, in a sentence; null = nothing to add.'),
    estimate: is.maybeReal('The number, in `unit`; null = not measured, never zero.'),
    unit: is.text('What the estimate is: share, A, classes ...'),
    n: is.int('Units behind it.'),
    n_effective: is.maybeReal('Units it is worth after clustering; null where units do not cluster.'),
    interval_low: is.maybeReal('95 % interval, in `unit`; null for plain counts.'),
    interval_high: is.maybeReal('95 % interval, in `unit`; null for plain counts.'),
    q2: is.maybeReal('P(passes the line for level 2 | data); null = there is no such line, or nothing was measured.'),
    q3: is.maybeReal('P(passes the line for level 3 | data); null = there is no such line, or nothing was measured.'),
    window_from: is.time('Begin of its own window.'),
    window_to: is.time('End of its own window, exclusive.'),
    connections_left_out: is.texts('Connections that do not show what the signal needs.'),
    carried_from: is.maybeText('Snapshot or connection whose older measurement it is; null = measured at as_of.'),
    as_last_changed: is.bool('Found in configuration that was read later and has not changed since as_of.'),
  },
});

const finding_excluded = defineTable({
  name: 'finding_excluded',
  doc: 'Units that a signal left out, by reason.',
  key: ['signal', 'reason'],
  columns: { signal, reason: is.text('Why.'), units: is.int('How many.') },
});

const finding_extra = defineTable({
  name: 'finding_extra',
  doc: 'Further figures of a finding.',
  key: ['signal', 'name'],
  columns: {
    signal,
    name: is.text('Which figure.'),
    value: is.maybeReal('The number; null = it is a text, or cannot be told.'),
    text: is.maybeText('The text; null = it is a number.'),
  },
});

const finding_sample = defineTable({
  name: 'finding_sample',
  doc: 'Records behind a finding, fifty at most.',
  key: ['signal', 'connection', 'record_table', 'id'],
  columns: {
    signal,
    connection: is.text('Where the record comes from.'),
    record_table: is.text('Table of the record.'),
    id: is.text('Its id.'),
    hit: is.maybeBool('It follows the practice; null = neither.'),
  },
});

const verdict = defineTable({
  name: 'verdict',
  doc: 'What one model says.',
  key: ['model'],
  columns: {
    model,
    version: is.int('Version of the model.'),
    hash: is.text('SHA-256 of its content.'),
    kind: is.text('staged, activity or value.'),
    value: is.maybeReal('Stage, tier, level, mean maturity, or pairs that are exchanged; null = withheld.'),
    label: is.text("The same in the model's own words."),
    of: is.real('Upper end of the scale of `value`.'),
    assured: is.maybeReal('The part of `value` that may be called assured; null = nothing may.'),
    status: is.text('measured, partly_measured, self_reported or not_placed.'),
    coverage: is.real('Share of what the value rests on that was seen in data, 0 to 1.'),
  },
});

const item = defineTable({
  name: 'item',
  doc: 'What one model says of one of its statements, markers or sides.',
  key: ['model', 'item'],
  columns: {
    model,
    item: is.text('Id of the item.'),
    name: is.text('Its name.'),
    degree: is.maybeReal('How far it is in place, 0 to 1; null = nothing speaks.'),
    label: is.maybeText("The same in the model's own words; null = nothing speaks."),
    decided_by: is.text('telemetry, answers, both or none.'),
    not_applicable: is.bool('People said that it does not apply.'),
  },
});

const ledger_line = defineTable({
  name: 'ledger_line',
  doc: 'One term of a staged verdict: the points of an item are the sum of its lines.',
  key: ['model', 'item', 'position'],
  columns: {
    model,
    item: is.text('The statement.'),
    position: is.int('Order in the ledger.'),
    source: is.text('signal, answer, artefact or override.'),
    ref: is.maybeText('The signal; null for what people said, which stays in the ledger.'),
    family: is.text('Family of the evidence.'),
    class: is.maybeText('Class of the evidence; null for answers.'),
    alpha: is.real('Share inside the family.'),
    age_days: is.real('Age of the evidence at as_of.'),
    decay: is.real('2^(-age / half-life).'),
    points_exists: is.real('Points for "it exists", decibans.'),
    points_full: is.real('Points for "fully", decibans.'),
  },
});

export const LEDGER_TABLES: readonly Table[] = [
  snapshot,
  finding,
  finding_excluded,
  finding_extra,
  finding_sample,
  verdict,
  item,
  ledger_line,
];
