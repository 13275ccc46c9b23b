import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { Empty, Loading, ProblemBox } from '../../parts/states.tsx';
import signIn from '../sign-in/sign-in.module.css';
import { RespondentScreen } from './respondent.tsx';

/** Where an invitation leads: it is opened by pressing a button, since it opens once. */
export function InvitationScreen() {
  const { known, respondent, openInvitation } = useSession();
  const [secret] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    // What opens the link stands in no history and no bookmark.
    if (window.location.hash !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (!known) return <Loading />;
  if (respondent !== null && secret === '') return <RespondentScreen respondent={respondent} />;
  const begin = async () => {
    setBusy(true);
    setError(null);
    await openInvitation(secret).catch(setError);
    setBusy(false);
  };
  if (respondent !== null && !busy && error === null) return <RespondentScreen respondent={respondent} />;
  return (
    <main className={signIn.page}>
      <title>Invitation · Plumbline</title>
      <div className={signIn.card}>
        <img className={signIn.logo} src="/plumb.svg" alt="" />
        <h1 className={signIn.title}>You are asked how support works</h1>
        {secret === '' ? (
          <Empty title="The link is not whole" way="Open it as it was sent to you, all of it." />
        ) : (
          <div className={signIn.form}>
            <p className={signIn.lead}>
              A few questions that no record can answer. You see only the questions and your own answers, and nobody is
              told your name.
            </p>
            {error === null ? null : <ProblemBox error={error} />}
            <Button loading={busy} onClick={() => void begin()} fullWidth>
              Begin
            </Button>
            <p className={signIn.foot}>The link opens once, in this browser. You can come back here until it ends.</p>
          </div>
        )}
      </div>
    </main>
  );
}
