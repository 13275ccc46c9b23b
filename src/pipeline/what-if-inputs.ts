import { standingAt, throughResolutions } from '../assessment/index.ts';
import type { Answer } from '../domain/assessment.ts';
import type { Resolution } from '../domain/resolution.ts';
import type { SignalDefinition } from '../domain/signal.ts';
import type { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import type { WhatIfInputs } from '../domain/what-if.ts';
import { itemsOf } from '../scoring/index.ts';
import type { Ledger } from '../store/ports.ts';
import { answersTo, notApplicableTo } from './answers-to.ts';
import { modelOfSnapshot } from './model-of-snapshot.ts';

interface WhatIfDeps {
  readonly ledger: Ledger;
  /** The model as it is today. */
  readonly today: { readonly model: StagedModel; readonly hash: string };
  /** Rules as they are today. */
  readonly rules: { readonly signals: readonly SignalDefinition[]; readonly hash: string };
}

/** Ids of signals that a model names anywhere. */
function namedSignals({ criteria, cells }: StagedModel): Set<string> {
  const families = [...criteria, ...cells].flatMap((target) => target.families);
  return new Set(families.flatMap((family) => family.signals.map(({ id }) => id)));
}

/** The answers that a snapshot counted, as they were kept: the same person, statement and value, not given after the snapshot was. */
function answersBehind(snapshot: StagedReading, kept: readonly Answer[]): Answer[] {
  const asOf = new Date(snapshot.as_of);
  return snapshot.answers_used.map((used): Answer => {
    const at = new Date(used.answered_at);
    // What was said after the end of the data counts as said at it.
    const said = ({ answered_at }: Answer): boolean =>
      answered_at.getTime() === at.getTime() || (at.getTime() === asOf.getTime() && answered_at > asOf);
    const found = kept.findLast(
      (one) =>
        one.criterion === used.criterion && one.respondent === used.respondent && one.value === used.value && said(one),
    );
    const forgotten = { proof: null, proof_checked_by: null, expires_at: new Date(asOf.getTime() + 1) };
    const { proof, proof_checked_by, expires_at } = found ?? forgotten;
    const { criterion, respondent, role, value } = used;
    const level = value === 1 || value === 2 || value === 3 ? value : 'dont_know';
    const who = { model: snapshot.model.id, criterion, respondent, role, value: level } as const;
    return { ...who, comment: null, proof, proof_checked_by, answered_at: at, expires_at };
  });
}

/** Resolutions that a snapshot was judged through: those of when it was kept, of its own instant where it is one of the past. */
async function stoodFor({ digest, as_of, model }: StagedReading, ledger: Ledger): Promise<Resolution[]> {
  const asOf = new Date(as_of);
  const heads = await ledger.snapshots(model.id);
  const kept = heads.find((head) => head.digest === digest)?.created_at ?? asOf;
  const newest = heads.every((head) => head.as_of <= asOf || head.created_at > kept);
  const made = (await ledger.resolutions(model.id)).filter(({ at }) => at <= kept);
  const then = made.map((one) => (one.ended_at !== null && one.ended_at > kept ? { ...one, ended_at: null } : one));
  return standingAt(then, asOf, newest);
}

/**
 * Gathers what judging a kept snapshot again needs, so that `methodOf(model).judge` on it gives the verdict of the snapshot.
 * Findings and answers are those of the snapshot; an answer that is not kept any more comes without its proof. Errors: BAD_SNAPSHOT.
 */
export async function whatIfInputs(snapshot: StagedReading, deps: WhatIfDeps): Promise<WhatIfInputs> {
  const { ledger, rules } = deps;
  const { model, note } = await modelOfSnapshot(ledger, snapshot, deps.today);
  const asked = { model, items: itemsOf(model) };
  const named = namedSignals(model);
  const signals = rules.signals.filter(({ id, aliases }) => [id, ...aliases].some((name) => named.has(name)));
  const ids = new Set(signals.map(({ id }) => id));
  const reasons = new Map((await notApplicableTo(ledger, asked)).map(({ criterion, reason }) => [criterion, reason]));
  const taken = snapshot.criteria.filter((one) => one.not_applicable).map(({ id }) => id);
  const standing = await stoodFor(snapshot, ledger);
  const sameRules = snapshot.provenance.rules_hash === rules.hash;
  return {
    digest: snapshot.digest,
    as_of: snapshot.as_of,
    model,
    notes: [
      ...(note === null ? [] : [note]),
      ...(sameRules
        ? []
        : ['The rules have changed since the snapshot was taken; lines and weights are those of today.']),
    ],
    signals,
    findings: snapshot.findings.filter(({ signal }) => ids.has(signal)),
    answers: answersBehind(snapshot, throughResolutions(await answersTo(ledger, asked), standing)),
    not_applicable: Object.fromEntries(taken.map((id) => [id, reasons.get(id) ?? 'declared before this snapshot'])),
  };
}
