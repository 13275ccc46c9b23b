import type { SendOutcome } from '../../domain/notices.ts';
import type { Delivery, Notice, NoticeTarget, RunFailure } from '../../domain/operations.ts';
import { noticeTallies } from '../../domain/tallies.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { Operations } from '../../store/operations-port.ts';
import type { NoticeSender } from './notice-sender.ts';
import { nextWaitMs } from './retry-plan.ts';

export interface DeliverDeps {
  readonly operations: Operations;
  readonly sender: NoticeSender;
  /** Opens a secret reference of a workspace. Errors: SECRET_MISSING. */
  readonly readSecret: (workspace: string, reference: string) => Promise<string>;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
}

export interface DeliveryRef {
  readonly workspace: string;
  readonly notice: string;
  readonly target: string;
}

/** `skipped` = there is nothing to do now: delivered, failed, not due yet, being sent by somebody else, or gone. */
export type DeliveryVerdict = 'delivered' | 'failed' | 'waits' | 'skipped';

/** While an attempt is under way nobody else begins one; longer than the longest exchange (120 s). */
const CLAIM_MS = 180_000;

/**
 * One attempt to bring one notice to one target, with its result kept: delivered, due again after a wait, or failed for good (no
 * attempt left in 24 h, or none could succeed). Idempotent: what is delivered is never sent again; a process that dies while sending
 * is followed by another attempt with the same id. Errors: those of the store; rejects when `signal` aborts, and the delivery stays due.
 */
export async function deliverNotice(
  deps: DeliverDeps,
  ref: DeliveryRef,
  signal: AbortSignal,
): Promise<DeliveryVerdict> {
  const { operations } = deps;
  const now = await operations.now();
  const delivery = await findDelivery(operations, ref);
  if (delivery === null || delivery.status !== 'due' || delivery.next_at > now) return 'skipped';
  const notice = await operations.notice(ref.notice);
  const target = (await operations.noticeTargets(ref.workspace)).find((t) => t.name === ref.target);
  if (notice === null || target === undefined) return 'skipped';
  const begun = { ...delivery, attempts: delivery.attempts + 1, next_at: new Date(now.getTime() + CLAIM_MS) };
  await operations.endDelivery(begun);
  let outcome: SendOutcome;
  try {
    outcome = await send(deps, notice, target, signal);
  } catch (error) {
    // Whoever takes over need not wait for the claim to end.
    if (signal.aborted) await operations.endDelivery({ ...begun, attempts: delivery.attempts, next_at: now });
    throw error;
  }
  return keep(deps, begun, target.channel, outcome);
}

async function send(
  deps: DeliverDeps,
  notice: Notice,
  target: NoticeTarget,
  signal: AbortSignal,
): Promise<SendOutcome> {
  try {
    const secret = await deps.readSecret(target.workspace, target.secret);
    return await deps.sender.send(notice, target, secret, signal);
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'SECRET_MISSING') return { kind: 'refused', said: '', error };
    throw error;
  }
}

async function keep(
  deps: DeliverDeps,
  begun: Delivery,
  channel: NoticeTarget['channel'],
  outcome: SendOutcome,
): Promise<DeliveryVerdict> {
  const { operations } = deps;
  const now = await operations.now();
  if (outcome.kind === 'delivered') {
    await operations.endDelivery({ ...begun, status: 'delivered', next_at: now, failure: null, delivered_at: now });
    await operations.addTallies(noticeTallies('noticesDelivered', channel));
    return 'delivered';
  }
  const waitMs = outcome.kind === 'refused' ? null : nextWaitMs(begun.attempts, outcome.retryAfterMs, deps.random);
  const failure = failureOf(outcome.error);
  if (waitMs === null) {
    await giveUp(operations, begun, failure, channel);
    return 'failed';
  }
  await operations.endDelivery({ ...begun, next_at: new Date(now.getTime() + waitMs), failure });
  return 'waits';
}

/** Ends a delivery that something other than its receiver prevents for good, so that it is not put into the queue for ever. */
export async function abandonNotice(operations: Operations, ref: DeliveryRef, error: unknown): Promise<void> {
  const delivery = await findDelivery(operations, ref);
  if (delivery === null || delivery.status !== 'due') return;
  const target = (await operations.noticeTargets(ref.workspace)).find((t) => t.name === ref.target);
  if (target !== undefined) await giveUp(operations, delivery, failureOf(error), target.channel);
}

async function giveUp(
  operations: Operations,
  delivery: Delivery,
  failure: RunFailure,
  channel: NoticeTarget['channel'],
): Promise<void> {
  await operations.endDelivery({ ...delivery, status: 'failed', failure });
  await operations.addTallies(noticeTallies('noticesFailed', channel));
}

async function findDelivery(operations: Operations, ref: DeliveryRef): Promise<Delivery | null> {
  const all = await operations.deliveries(ref.notice);
  return all.find((d) => d.target === ref.target && d.workspace === ref.workspace) ?? null;
}

function failureOf(error: unknown): RunFailure {
  if (error instanceof PlumblineError) return { code: error.code, message: error.message, remedy: error.remedy };
  return { code: 'BUG', message: 'Something unexpected stopped the delivery.', remedy: 'Read the log of the worker.' };
}
