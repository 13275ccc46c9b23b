import { Button, Code, PasswordInput } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import styles from './sign-in.module.css';

/** Why a sign-in by a provider came to nothing, as the server tells it in the address. */
const REFUSED: Readonly<Record<string, string>> = {
  expired: 'The sign-in took too long. Begin again.',
  failed: 'The provider did not let you in, or could not be understood. Try again; the log of the server tells more.',
  not_granted: 'The provider knows you, but nothing here is open to you. Ask whoever runs this server.',
};

/** A token is exchanged for a session; it stays nowhere in the browser. `again` = over a screen whose session ended, which is kept below it. */
export function SignIn({ again = false }: { readonly again?: boolean }) {
  const { signIn, openid } = useSession();
  const here = useRouterState({ select: ({ location }) => location.pathname });
  const refused = REFUSED[new URLSearchParams(window.location.search).get('refused') ?? ''];
  const [token, setToken] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(token.trim());
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <main className={again ? `${styles.page} ${styles.over}` : styles.page}>
      <title>Sign in · Plumbline</title>
      <div className={styles.card}>
        <img className={styles.logo} src="/plumb.svg" alt="" />
        <h1 className={styles.title}>{again ? 'Your session has ended' : 'Sign in to Plumbline'}</h1>
        {again ? (
          <p className={styles.lead} role="alert">
            It expired, or its token did or was revoked. What you typed is still there: sign in and go on where you
            were. Only what you pressed last may not be saved, and says so. With a token that opens less than before,
            the screen begins anew.
          </p>
        ) : (
          <p className={styles.lead}>
            How mature support really is: what the helpdesk records, beside what people say.
          </p>
        )}
        <form className={styles.form} onSubmit={(event) => void submit(event)}>
          <PasswordInput
            label="Access token"
            placeholder="plb_…"
            autoComplete="current-password"
            required
            autoFocus={again}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token' }}
          />
          {error === null ? null : <ProblemBox error={error} />}
          <Button type="submit" loading={busy} disabled={token.trim() === ''} fullWidth>
            Sign in
          </Button>
        </form>
        {refused === undefined ? null : <p role="alert">{refused}</p>}
        {openid === null ? null : (
          <>
            <p className={styles.or}>or</p>
            <Button
              component="a"
              href={`/v1/openid/start?next=${encodeURIComponent(here === '/sign-in' ? '/' : here)}`}
              variant="default"
              fullWidth
              {...(again ? { target: '_blank', rel: 'noopener' } : {})}
            >
              {openid}
            </Button>
            {again ? (
              <p className={styles.foot}>It opens in a new tab: come back to this one when you are in.</p>
            ) : null}
          </>
        )}
        <p className={styles.foot}>
          No token yet? Whoever runs the server makes one: <Code>plumbline token add NAME --role viewer</Code>
        </p>
        {again ? null : (
          <p className={styles.foot}>
            Were you sent a link with questions? It has ended, or is not open in this browser: ask whoever sent it for
            another one. What you answered is kept.
          </p>
        )}
      </div>
    </main>
  );
}
