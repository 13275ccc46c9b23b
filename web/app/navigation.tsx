import { Button, NativeSelect, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { workspacesOptions } from '../api/queries.ts';
import { LookAtChoice } from './look-at.tsx';
import { mayDo, useSession } from './session.tsx';
import styles from './shell.module.css';

const SCREENS = [
  ['/w/$workspace', 'Home'],
  ['/w/$workspace/matrix', 'Matrix'],
  ['/w/$workspace/said-and-seen', 'Said and seen'],
  ['/w/$workspace/path', 'Path'],
  ['/w/$workspace/questions', 'Questions'],
  ['/w/$workspace/figures', 'Figures'],
  ['/w/$workspace/change', 'Change'],
] as const;
const RUNNING = [
  ['/w/$workspace/connections', 'Connections'],
  ['/w/$workspace/runs', 'Runs'],
  ['/w/$workspace/schedules', 'Schedules'],
  ['/w/$workspace/notices', 'Notices'],
] as const;

function DeskChoice({ workspace }: { readonly workspace: string }) {
  const desks = useQuery(workspacesOptions);
  const navigate = useNavigate();
  return (
    <NativeSelect
      className={styles.desk}
      aria-label="Desk"
      title={workspace}
      value={workspace}
      data={[...new Set([workspace, ...(desks.data?.workspaces ?? [])])]}
      onChange={(event) => {
        void navigate({ to: '/w/$workspace', params: { workspace: event.currentTarget.value } });
      }}
    />
  );
}

function Links(props: {
  readonly title: string;
  readonly workspace: string;
  readonly links: typeof SCREENS | typeof RUNNING;
  readonly close: () => void;
}) {
  return (
    <>
      <p className={styles.group}>{props.title}</p>
      <ul className={styles.links}>
        {props.links.map(([to, name]) => (
          <li key={to}>
            <Link
              to={to}
              params={{ workspace: props.workspace }}
              className={styles.link}
              activeOptions={{ exact: to === '/w/$workspace', includeSearch: false }}
              onClick={props.close}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Light, dark, or as the machine has it. */
function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label="Colours"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'Auto' },
      ]}
    />
  );
}

/** Everything that one may go to; `close` is called when somebody goes. */
export function Navigation({ close }: { readonly close: () => void }) {
  const { workspace: here } = useParams({ strict: false });
  // Screens of the server lie outside a desk; the way back to it stays.
  const [last, setLast] = useState(here);
  if (here !== undefined && here !== last) setLast(here);
  const workspace = here ?? last;
  const { session, signOut } = useSession();
  return (
    <nav aria-label="Screens" className={styles.nav}>
      <div>
        <ul className={styles.links}>
          <li>
            <Link to="/" className={styles.link} activeOptions={{ exact: true }} onClick={close}>
              All desks
            </Link>
          </li>
        </ul>
        {workspace === undefined ? null : (
          <>
            <p className={styles.group}>Desk</p>
            <DeskChoice workspace={workspace} />
            {here === undefined ? null : <LookAtChoice workspace={workspace} />}
            <Links title="Maturity" workspace={workspace} links={SCREENS} close={close} />
            <Links title="Running it" workspace={workspace} links={RUNNING} close={close} />
          </>
        )}
        {session !== null && mayDo(session, 'admin') ? (
          <>
            <p className={styles.group}>Server</p>
            <ul className={styles.links}>
              <li>
                <Link to="/tokens" className={styles.link} onClick={close}>
                  Tokens
                </Link>
              </li>
              <li>
                <Link to="/audit" className={styles.link} onClick={close}>
                  Audit log
                </Link>
              </li>
            </ul>
          </>
        ) : null}
        <ul className={styles.links}>
          <li>
            <Link to="/glossary" className={styles.link} onClick={close}>
              Glossary
            </Link>
          </li>
          <li>
            <Link to="/catalogue" className={styles.link} onClick={close}>
              Catalogue
            </Link>
          </li>
        </ul>
      </div>
      <div className={styles.foot}>
        <ThemeChoice />
        <Button variant="default" size="xs" onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </nav>
  );
}
