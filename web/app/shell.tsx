import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Loading, ProblemBox } from '../parts/states.tsx';
import { RespondentScreen } from '../screens/respondent/respondent.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { Navigation } from './navigation.tsx';
import { useSession } from './session.tsx';
import styles from './shell.module.css';

function Brand() {
  return (
    <Link to="/" className={styles.brand}>
      <img src="/plumb.svg" alt="" />
      Plumbline
    </Link>
  );
}

/** Moves the focus to the screen when another one is gone to, as a browser does with a page. */
function useFocusOnMove() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}

/** The frame of every screen: the way around at the side, or behind a button where there is no room. Asks who it is first. */
export function Shell() {
  const { session, respondent, known, error, ended, era } = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const main = useFocusOnMove();
  if (error !== null && !known) return <ProblemBox error={error} retry={() => window.location.reload()} />;
  if (!known) return <Loading />;
  if (respondent !== null) return <RespondentScreen key={era} respondent={respondent} />;
  if (session === null) return <SignIn />;
  return (
    <>
      {ended ? <SignIn again /> : null}
      {/* What is typed stays: a session that ended covers the screen and takes nothing from it. */}
      <div key={era} hidden={ended}>
        <a className={styles.skip} href="#screen">
          Skip to the screen
        </a>
        <header className={styles.bar}>
          <Brand />
          <Button variant="default" size="xs" onClick={open} aria-expanded={opened}>
            Menu
          </Button>
        </header>
        <Drawer opened={opened} onClose={close} title="Go to" size="280px" position="right">
          <Navigation close={close} />
        </Drawer>
        <div className={styles.frame}>
          <header className={styles.side}>
            <div className={styles.sideInner}>
              <Brand />
              <Navigation close={close} />
            </div>
          </header>
          <main className={styles.main} id="screen" tabIndex={-1} ref={main}>
            <div className={styles.inner}>
              <Outlet />
            </div>
          </main>
        </div>
      </div>
    </>
  );
}
