import { createHash } from 'node:crypto';
import { type Invitation, stateOf } from '../domain/invitation.ts';
import type { NoticeTarget, Schedule } from '../domain/operations.ts';
import type { ConnectionRow } from '../store/ports.ts';
import type { KeptInvitation } from './backup-format.ts';

/** Something that a restore has brought back without letting it act, and what lets it: a command where there is one. */
export interface Paused {
  readonly kind: 'connection' | 'target' | 'schedule' | 'invitation';
  readonly name: string;
  readonly because: string;
  readonly resume: string;
}

const MARK = 'paused:';

/** Whether a secret lies in the store itself; anything else is a reference to something of the machine. */
function isKept(reference: string): boolean {
  return reference === 'none' || reference.startsWith('sealed:');
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function command(words: readonly string[], workspace: string): string {
  return ['plumbline', ...words, '--workspace', workspace].map(quoted).join(' ');
}

function settingFlags(settings: Readonly<Record<string, unknown>>, own: readonly string[]): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) return [];
    return own.includes(key) ? [`--${key}`, String(value)] : ['--set', `${key}=${String(value)}`];
  });
}

function secretFlags(reference: string): string[] {
  const at = reference.indexOf(':');
  const rest = reference.slice(at + 1);
  if (reference.startsWith('env:')) return ['--token-env', rest];
  return reference.startsWith('file:') ? ['--token-file', rest] : [];
}

/** The row as it may come back: without a reference to this machine and without leave to call private addresses; null when it had neither. */
function withoutReach<T extends { readonly secret: string; readonly allow_private: boolean }>(
  row: T,
): { readonly row: T; readonly reference: string; readonly because: string } | null {
  const reference = row.secret.replace(/^(paused:)+/, '');
  const because = [
    ...(isKept(reference) ? [] : [`its secret is ${reference}`]),
    ...(row.allow_private ? ['it may call private addresses'] : []),
  ].join(', ');
  if (because === '') return null;
  const secret = isKept(reference) ? reference : `${MARK}${reference}`;
  return { row: { ...row, secret, allow_private: false }, reference, because };
}

/** A connection whose secret is a variable or file of the machine, or that may call private addresses, comes back unable to. */
export function pauseConnection(
  row: ConnectionRow,
  workspace: string,
): { readonly row: ConnectionRow; readonly paused: Paused | null } {
  const found = withoutReach(row);
  if (found === null) return { row, paused: null };
  const words = [
    ...['connect', row.vendor, '--name', row.name, ...settingFlags(row.settings, ['url', 'user'])],
    ...secretFlags(found.reference),
    ...(row.role === 'desk' ? [] : ['--as', row.role]),
    ...(row.allow_private ? ['--allow-private'] : []),
  ];
  const paused = { kind: 'connection', name: row.name, because: found.because } as const;
  return { row: found.row, paused: { ...paused, resume: command(words, workspace) } };
}

/** The same for who is told of notices. */
export function pauseTarget(target: NoticeTarget): { readonly row: NoticeTarget; readonly paused: Paused | null } {
  const found = withoutReach(target);
  if (found === null) return { row: target, paused: null };
  const words = [
    ...['notify', 'add', target.name, '--channel', target.channel, ...settingFlags(target.settings, [])],
    ...secretFlags(found.reference),
    ...(target.kinds === null ? [] : ['--only', target.kinds.join(',')]),
    ...(target.allow_private ? ['--allow-private'] : []),
  ];
  const paused = { kind: 'target', name: target.name, because: found.because } as const;
  return { row: found.row, paused: { ...paused, resume: command(words, target.workspace) } };
}

/** No schedule runs by itself after a restore; one that was paused before stays so and is not listed. */
export function pauseSchedule(schedule: Schedule): { readonly row: Schedule; readonly paused: Paused | null } {
  const { name, workspace } = schedule;
  if (schedule.paused) return { row: schedule, paused: null };
  const resume = command(['schedule', 'resume', name], workspace);
  return {
    row: { ...schedule, paused: true },
    paused: { kind: 'schedule', name, because: 'schedules do not start by themselves after a restore', resume },
  };
}

/**
 * An invitation comes back as a record of whom one asked; its link opens nothing, since it may have been used after the backup. One that was open
 * or in use is revoked at `now` and listed. In another workspace it gets an id of its own: the one that was backed up may be beside it.
 */
export function endInvitation(
  kept: KeptInvitation,
  workspace: string,
  now: Date,
): { readonly row: Invitation; readonly paused: Paused | null } {
  const id = kept.workspace === workspace ? kept.id : idIn(workspace, kept.id);
  // No secret has this hash: it is not of the form that hashes have.
  const row = { ...kept, id, workspace, hash: `restored:${workspace}:${id}` };
  const state = stateOf(kept, now);
  if (state === 'revoked' || state === 'expired') return { row, paused: null };
  return {
    row: { ...row, revoked_at: now },
    paused: {
      kind: 'invitation',
      name: kept.respondent,
      because: 'links do not open after a restore; the answers are there',
      resume: `ask ${kept.respondent} anew on the page, under Questions`,
    },
  };
}

function idIn(workspace: string, id: string): string {
  return createHash('sha256').update(`${workspace}/${id}`).digest('hex').slice(0, 16);
}
