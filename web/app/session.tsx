import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { api, carryBearer } from '../api/client.ts';
import { dataOf } from '../api/problem.ts';

const ROLES = ['viewer', 'assessor', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Session {
  readonly role: Role;
  readonly workspaces: readonly string[];
}

interface SessionControl {
  /** Whether it was asked yet who looks. */
  readonly known: boolean;
  /** Null = nobody is signed in. */
  readonly session: Session | null;
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

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session | null>(null);
  const queries = useQueryClient();
  const signIn = useCallback(async (token: string) => {
    carryBearer(token);
    try {
      const { workspaces } = await dataOf(api.GET('/v1/workspaces'));
      setSession({ role: 'admin', workspaces });
    } catch (cause) {
      carryBearer(null);
      throw cause;
    }
  }, []);
  const signOut = useCallback(async () => {
    carryBearer(null);
    setSession(null);
    queries.clear();
  }, [queries]);
  const control = useMemo(() => ({ known: true, session, signIn, signOut }), [session, signIn, signOut]);
  return <SessionContext value={control}>{children}</SessionContext>;
}
