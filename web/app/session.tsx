import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { api, carryCsrf, onSignedOut } from '../api/client.ts';
import { dataOf } from '../api/problem.ts';
import type { components } from '../generated/api.ts';

type Reply = components['schemas']['Session'];
type Session = NonNullable<Reply['caller']>;
export type Role = Session['role'];
export type Respondent = NonNullable<Reply['respondent']>;

const ROLES: readonly Role[] = ['viewer', 'assessor', 'operator', 'admin'];

interface SessionControl {
  /** Whether the server has said who looks. */
  readonly known: boolean;
  /** Why it could not be asked; null otherwise. */
  readonly error: unknown;
  /** Null = nobody is signed in. */
  readonly session: Session | null;
  /** Who was invited to answer, and may do nothing else; null otherwise. */
  readonly respondent: Respondent | null;
  /** The server no longer knows the session that this page was opened with; `session` and `respondent` still say whose it was. */
  readonly ended: boolean;
  /** Rises when what is on the screen belongs to somebody who may see more than who is signed in now: then it is drawn anew. */
  readonly era: number;
  /** What signing in by a provider is called here; null = there is none. */
  readonly openid: string | null;
  openInvitation(secret: string): Promise<void>;
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<SessionControl | null>(null);

/** Who looks at the page. */
export function useSession(): SessionControl {
  const control = useContext(SessionContext);
  if (control === null) throw new Error('useSession is called outside SessionProvider.');
  return control;
}

/** Whether a session has this role or one above it; the server decides, this only spares a button that would be refused. */
export function mayDo(session: Session, role: Role): boolean {
  return ROLES.indexOf(session.role) >= ROLES.indexOf(role);
}

/** Whether whoever is signed in now may see all that is on the screen of whoever was before; those who were invited are told apart by their seat. */
function maySeeAllOf(now: Reply, before: Reply): boolean {
  const [next, last] = [now.caller, before.caller];
  if (next === null || last === null)
    return (
      next === last && now.respondent !== null && JSON.stringify(now.respondent) === JSON.stringify(before.respondent)
    );
  const open = next.workspaces;
  return mayDo(next, last.role) && (open === null || (last.workspaces?.every((each) => open.includes(each)) ?? false));
}

/** Holds who is signed in: the cookie itself is out of reach of scripts, so the server is asked. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [reply, setReply] = useState<Reply | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [ended, setEnded] = useState(false);
  const [era, setEra] = useState(0);
  const last = useRef<Reply | null>(null);
  const queries = useQueryClient();
  const take = useCallback(
    (next: Reply) => {
      const before = last.current;
      last.current = next;
      carryCsrf(next.csrf);
      setReply(next);
      setEnded(false);
      if (before === null || (before.caller === null && before.respondent === null)) return;
      if (maySeeAllOf(next, before)) return void queries.invalidateQueries();
      queries.clear();
      setEra((each) => each + 1);
    },
    [queries],
  );
  const lose = useCallback(() => {
    if (last.current === null || (last.current.caller === null && last.current.respondent === null)) return;
    carryCsrf(null);
    setEnded(true);
  }, []);
  const forget = useCallback(() => {
    const openid = last.current?.openid ?? null;
    last.current = { caller: null, respondent: null, csrf: null, openid, expires_at: null };
    setReply(last.current);
    setEnded(false);
    carryCsrf(null);
    queries.clear();
  }, [queries]);
  useEffect(() => {
    dataOf(api.GET('/v1/session')).then(take, setError);
    return onSignedOut(lose);
  }, [take, lose]);
  useEffect(() => {
    if (!ended) return;
    // Somebody may have signed in, or opened a new link, in another tab. A server that is gone is told of elsewhere.
    const look = () =>
      dataOf(api.GET('/v1/session')).then(
        (next) => (next.caller === null && next.respondent === null ? undefined : take(next)),
        () => undefined,
      );
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [ended, take]);
  const signIn = useCallback(
    async (token: string) => take(await dataOf(api.POST('/v1/session', { body: { token } }))),
    [take],
  );
  const openInvitation = useCallback(
    async (secret: string) => take(await dataOf(api.POST('/v1/invitation', { body: { secret } }))),
    [take],
  );
  const signOut = useCallback(async () => {
    await dataOf(api.DELETE('/v1/session'));
    forget();
  }, [forget]);
  const control = useMemo(
    () => ({
      known: reply !== null,
      error,
      session: reply?.caller ?? null,
      respondent: reply?.respondent ?? null,
      ended,
      era,
      openid: reply?.openid ?? null,
      openInvitation,
      signIn,
      signOut,
    }),
    [reply, error, ended, era, openInvitation, signIn, signOut],
  );
  return <SessionContext value={control}>{children}</SessionContext>;
}
