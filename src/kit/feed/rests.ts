import type { StreamName } from '../../domain/observability.ts';
import { available } from '../capability.ts';
import type { Capability, Evidence } from '../connector.ts';

/** What cannot be filled while a side call may not be used. */
export interface Rest<Session> {
  /** The side call: null or false = the credentials may not use it. */
  readonly on: (session: Session) => Promise<unknown>;
  readonly lacks: Evidence;
  /** Feeds that rest on it, and say so whatever they fill; absent = all that fill those fields. */
  readonly feeds?: readonly string[];
  /** What to grant, for an administrator. */
  readonly words: string;
}

/**
 * What rests on the names of people at the desk: which of them are programs. Where they may not be seen, an account is told by its work alone (docs/recognition.md),
 * and what programs opened is not claimed.
 */
export function namesOfPrograms<Session>(
  names: (session: Session) => Promise<unknown>,
  feeds: readonly string[],
  words: string,
): Rest<Session> {
  return {
    on: names,
    feeds,
    lacks: { tickets: ['created_by:machine'] },
    words: `${words} Until then a program that writes as somebody of the desk is told by its work alone.`,
  };
}

/** What a feed shows, less what rests on side calls that may not be used, each with its words. A feed that is hidden anyway stays so. Errors: those of the side calls. */
export async function lessRests<Session>(
  shown: Capability,
  feed: { readonly id: string; readonly provides: Evidence },
  session: Session,
  rests: readonly Rest<Session>[],
): Promise<Capability> {
  if (shown.status !== 'available') return shown;
  const lacks = new Map<StreamName, Set<string>>();
  const add = (evidence: Evidence) => {
    for (const [stream, names] of Object.entries(evidence) as [StreamName, readonly string[]][])
      lacks.set(stream, new Set([...(lacks.get(stream) ?? []), ...names]));
  };
  add(shown.lacks ?? {});
  const words: string[] = [];
  for (const rest of rests) {
    if (rest.feeds?.includes(feed.id) === false) continue;
    const own = ownOf(rest.lacks, feed.provides);
    if (own.length === 0 && rest.feeds === undefined && Object.keys(rest.lacks).length > 0) continue;
    const found = await rest.on(session);
    if (found !== null && found !== false) continue;
    add(Object.fromEntries(own));
    words.push(rest.words);
  }
  if (words.length === 0) return shown;
  const told = shown.detail === undefined ? words : [shown.detail, ...words];
  return {
    ...shown,
    ...available({
      lacks: Object.fromEntries([...lacks].map(([stream, names]) => [stream, [...names]])),
      detail: [...new Set(told)].join(' '),
      hidden: 'permission',
    }),
  };
}

function ownOf(lacks: Evidence, provides: Evidence): [StreamName, string[]][] {
  return (Object.entries(lacks) as [StreamName, readonly string[]][])
    .map(([stream, names]): [StreamName, string[]] => [
      stream,
      names.filter((name) => provides[stream]?.includes(name) === true),
    ])
    .filter(([, names]) => names.length > 0);
}
