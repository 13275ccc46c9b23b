import {
  CHANNEL_KINDS,
  NOTICE_KINDS,
  type NoticeKind,
  type NoticeTarget,
  WorkspaceName,
} from '../domain/operations.ts';
import { nearest, PlumblineError } from '../errors/index.ts';
import type { App } from './app.ts';
import type { Io } from './io.ts';

export interface TargetOptions {
  readonly channel: string;
  readonly set?: readonly string[];
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly only?: string;
  readonly allowPrivate?: boolean;
}

/** Name of the sealed secret of a target; no connection can have it, since both kinds of secrets lie together. */
const sealedName = (target: string): string => `notice.${target}`;

const WHAT_SECRET: Readonly<Record<NoticeTarget['channel'], string>> = {
  webhook: 'Signing secret (whsec_..., not shown)',
  slack: 'Address of the incoming webhook (not shown)',
  email: 'Password of the SMTP user (not shown)',
};

function oneOf<T extends string>(text: string, known: readonly T[], what: string): T {
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  const guess = nearest(text, known);
  throw new PlumblineError(
    'BAD_USAGE',
    `There is no ${what} "${text}".`,
    `${guess === null ? '' : `Did you mean ${guess}? `}Known: ${known.join(', ')}.`,
  );
}

function kindsOf(text: string | undefined): NoticeKind[] | null {
  if (text === undefined) return null;
  return [...new Set(text.split(',').map((kind) => oneOf(kind.trim(), NOTICE_KINDS, 'kind of notice')))];
}

/** A target from flags, checked by its channel; its secret is not read yet. Errors: BAD_USAGE. */
export async function readTarget(
  app: App,
  name: string,
  options: TargetOptions,
  settings: Readonly<Record<string, unknown>>,
): Promise<NoticeTarget> {
  if (!WorkspaceName.safeParse(name).success)
    throw new PlumblineError(
      'BAD_USAGE',
      `"${name}" cannot be the name of a target.`,
      'Use lower-case letters, digits, - and _, at most 63.',
    );
  const channel = oneOf(options.channel, CHANNEL_KINDS, 'channel');
  return {
    workspace: app.config.workspace,
    name,
    channel,
    settings: (await app.noticeSender()).checkSettings(channel, settings),
    secret: 'none',
    allow_private: options.allowPrivate === true,
    kinds: kindsOf(options.only),
    created_at: app.clock.now(),
  };
}

/**
 * Reference of the target's secret: as the flags say, or sealed after it was typed in. Errors: BAD_USAGE for one that cannot be a
 * secret of this channel, SECRET_MISSING where a reference leads nowhere.
 */
export async function secretOf(app: App, io: Io, target: NoticeTarget, options: TargetOptions): Promise<string> {
  const given =
    options.tokenEnv !== undefined
      ? `env:${options.tokenEnv}`
      : options.tokenFile !== undefined
        ? `file:${options.tokenFile}`
        : null;
  const sender = await app.noticeSender();
  if (given === null && !sender.needsSecret(target)) {
    sender.checkSecret(target, '');
    return 'none';
  }
  if (given !== null) {
    sender.checkSecret(target, await app.secrets.read(given));
    return given;
  }
  if (io.ask === null)
    throw new PlumblineError(
      'BAD_USAGE',
      `A target of the channel ${target.channel} needs a secret.`,
      'Pass --token-env VAR or --token-file F; nobody is at the prompt to be asked.',
    );
  const typed = (await io.ask(WHAT_SECRET[target.channel], true)).trim();
  sender.checkSecret(target, typed);
  return app.secrets.seal(sealedName(target.name), typed);
}

/** Errors: UNKNOWN_NAME with the nearest known target. */
export async function findTarget(app: App, name: string): Promise<NoticeTarget> {
  const targets = await (await app.operations()).noticeTargets(app.config.workspace);
  const found = targets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const known = targets.map((target) => target.name);
  const guess = nearest(name, known);
  throw new PlumblineError(
    'UNKNOWN_NAME',
    `There is no notice target named "${name}".`,
    known.length === 0
      ? 'Add one: plumbline notify add <name> --channel webhook --set url=https://...'
      : guess === null
        ? `Known: ${known.join(', ')}.`
        : `Did you mean ${guess}?`,
  );
}

/** Removes a sealed secret that nothing refers to any more; other references are left alone. */
export async function discardSecret(app: App, reference: string): Promise<void> {
  if (!reference.startsWith('sealed:')) return;
  await (await app.sealed()).remove(app.config.workspace, reference.slice('sealed:'.length));
}
