import type { Contrast, ContrastReason, RoleReading, TelemetryReach } from '../../domain/beside-verdict.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Outcome, TypedOutcome } from '../../domain/staged-extras.ts';
import type { StagedModel } from '../../domain/staged-model.ts';
import type { StagedReading } from '../../domain/staged-reading.ts';
import { count, counted, day, percent } from '../numbers.ts';
import { stepName, stepWord } from './step.ts';
import { listed } from './words.ts';

type Words = Pick<StagedModel, 'step' | 'stages' | 'title'>;

/** Where the field stands by the source of the model; nothing when the source does not say. Never part of the verdict. */
export function sayField(model: StagedModel): string[] {
  const { archetypes } = model;
  if (archetypes === undefined) return [];
  const word = stepWord(model);
  const shares = archetypes.shares.map(
    ({ name, share, stages }) =>
      `${percent(share)} ${name} (${stages.length === 1 ? word : `${word}s`} ${listed(stages.map(String))})`,
  );
  return [
    `Where the field stands, by ${archetypes.source}: ${listed(shares)}. Which ${word} belongs to which is our reading; it moves no verdict.`,
  ];
}

/**
 * What records alone may say under a model that caps them, and why; nothing for other models. `ceiling` is the stage if everything that
 * the records do not show were in place.
 */
export function sayCap(model: StagedModel, reach: TelemetryReach, ceiling: number | null): string[] {
  if (model.telemetry === undefined) return [];
  const at = Math.min(reach.cap, ceiling ?? reach.cap);
  const next = reach.sets[reach.cap];
  const word = stepWord(model);
  const why =
    next === undefined
      ? []
      : [
          `Of ${counted(next.items, 'item')} of ${word} ${next.set} they could show ${next.fully} in full and ${next.partly - next.fully} in part: a mean of ${next.degree.toFixed(2)} at best, not above ${model.gate.largely.toFixed(2)}. ${model.telemetry.reason}`,
          `People decide the rest: ${word} ${next.set} is named once a third of ${listed(next.people)} is answered.`,
        ];
  return [`The records alone are consistent with up to ${stepName(model, at)}.`, ...why];
}

function sayOutcome(outcome: Outcome, findings: readonly Finding[], typed: TypedOutcome | undefined): string[] {
  const figure = (value: number): string => (outcome.unit === 'share' ? percent(value) : count(value));
  const found = findings.find(({ signal, status }) => signal === outcome.signal && status === 'measured');
  const parts: string[] = [];
  if (found !== undefined && found.estimate !== null) {
    const range = found.interval === null ? '' : `${figure(found.interval[0])} to ${figure(found.interval[1])}, `;
    parts.push(`${figure(found.estimate)} (${range}n ${count(found.n)}, from data)`);
  }
  if (typed !== undefined) parts.push(`${figure(typed.value)} (typed in: ${typed.source}, ${day(typed.as_of)})`);
  return parts.length === 0 ? [] : [`${outcome.name} ${parts.join(', ')}`];
}

/** What maturity is a means to, from data or typed in; nothing for a model that names no outcomes. Never part of the verdict. */
export function sayOutcomes(
  model: StagedModel,
  findings: readonly Finding[],
  typed: Readonly<Record<string, TypedOutcome>>,
): string[] {
  const { outcomes } = model;
  if (outcomes === undefined) return [];
  const said = outcomes.map((outcome) => ({ outcome, text: sayOutcome(outcome, findings, typed[outcome.id]) }));
  const missing = said.flatMap(({ outcome, text }) => (text.length === 0 ? [outcome.name] : []));
  return [
    ...said.flatMap(({ text }) => text).map((text) => `${text}.`),
    ...(missing.length === 0
      ? []
      : [`Not known: ${listed(missing)} (outcomes in plumbline.yaml). No outcome moves the verdict.`]),
  ];
}

/** All that stands beside a verdict: what records may say, how groups see it, outcomes, the field. Empty for a model that has none of it. */
export function sayBeside(
  model: StagedModel,
  snapshot: Pick<StagedReading, 'findings' | 'readings'>,
  beside: { readonly reach: TelemetryReach; readonly roles: RoleReading | null },
  typed: Readonly<Record<string, TypedOutcome>>,
): string[] {
  return [
    ...sayCap(model, beside.reach, snapshot.readings.seen.ceiling),
    ...sayRoles(model, beside.roles),
    ...sayOutcomes(model, snapshot.findings, typed),
    ...sayField(model),
  ];
}

/** How groups of people see the organisation, beside the bias that the source states; nothing while nobody answered. */
export function sayRoles(model: StagedModel, reading: RoleReading | null): string[] {
  const { perception } = model;
  if (perception === undefined || reading === null) return [];
  const heard = reading.groups.filter(({ stage }) => stage !== null);
  if (heard.length === 0) return [];
  const named = (id: string): string => perception.groups.find((group) => group.id === id)?.name ?? id;
  const silent = reading.groups.filter(({ stage }) => stage === null).map(({ name }) => name);
  const word = stepWord(model);
  const lines = [
    `By their answers alone: ${heard.map(({ name, stage, respondents }) => `${name} ${word} ${stage} (${counted(respondents, 'person')})`).join(', ')}${silent.length === 0 ? '' : `; nobody of: ${silent.join(', ')}`}.`,
    `${perception.source}: ${perception.statement} Shown, not corrected for.`,
  ];
  const item = model.criteria.find(({ id }) => id === reading.settle?.criterion);
  if (item !== undefined && reading.settle !== null) {
    const means = reading.settle.means.map(({ group, mean }) => `${named(group)} ${mean.toFixed(1)}`);
    lines.push(
      `The question that would settle it, to ${listed(reading.settle.ask.map(named))}: ${item.id} ${item.statement} (so far ${means.join(', ')})`,
    );
  }
  return lines;
}

function sayReason(reason: ContrastReason, higher: Words, titleOf: (signal: string) => string): string {
  const what =
    reason.signals.length === 0
      ? `"${reason.name}", which only people can speak for`
      : `"${reason.name}" (${listed(reason.signals.map(titleOf))})`;
  if (reason.kind === 'not_asked') return `${higher.title} does not ask for ${what}`;
  const where = listed(reason.elsewhere.map(({ item }) => item));
  if (reason.kind === 'asked_later') {
    const first = Math.min(...reason.elsewhere.map(({ set }) => set));
    return `${higher.title} asks for ${what} only from ${stepWord(higher)} ${first} on (${where})`;
  }
  return `${higher.title} asks for ${what} too (${where}) and lets it pass, since the rest of that set carries it`;
}

/** One sentence for two verdicts that differ: `tier 3 but stage 2: ...`. `stages` are those of the higher and the lower model. */
export function sayContrast(
  contrast: Contrast,
  higher: Words & { readonly stage: number },
  lower: Words & { readonly stage: number },
  titleOf: (signal: string) => string,
): string {
  const head = `${stepWord(higher)} ${higher.stage} of ${higher.stages.length} but ${stepWord(lower)} ${lower.stage} of ${lower.stages.length}`;
  if (contrast.reasons.length === 0) return `${head}: no single item of ${lower.title} holds it down.`;
  const reasons = contrast.reasons.map(
    (reason) => `${sayReason(reason, higher, titleOf)}; ${lower.title} does (${reason.item})`,
  );
  return `${head}: ${reasons.join('. ')}.`;
}
