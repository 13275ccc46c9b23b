import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
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

/** Holds who is signed in: the cookie itself is out of reach of scripts, so the server is asked. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [reply, setReply] = useState<Reply | null>(null);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const take = useCallback((next: Reply) => {
    carryCsrf(next.csrf);
    setReply(next);
  }, []);
  const forget = useCallback(() => {
    setReply((last) => ({
      caller: null,
      respondent: null,
      csrf: null,
      openid: last?.openid ?? null,
      expires_at: null,
    }));
    carryCsrf(null);
    queries.clear();
  }, [queries]);
  useEffect(() => {
    dataOf(api.GET('/v1/session')).then(take, setError);
    return onSignedOut(forget);
  }, [take, forget]);
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
      openid: reply?.openid ?? null,
      openInvitation,
      signIn,
      signOut,
    }),
    [reply, error, openInvitation, signIn, signOut],
  );
  return <SessionContext value={control}>{children}</SessionContext>;
}
