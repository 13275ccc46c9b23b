import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import { NotFound } from '../screens/not-found.tsx';
import { BrokenScreen, lazyScreen } from './lazy-screen.tsx';
import { readLookAt } from './look-at-search.ts';
import { Shell } from './shell.tsx';
import { Unreached } from './unreached.tsx';

function Root() {
  return (
    <>
      <Unreached />
      <Outlet />
    </>
  );
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell });

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyScreen(() => import('../screens/respondent/invitation.tsx'), 'InvitationScreen'),
});
const fleet = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyScreen(() => import('../screens/fleet/fleet.tsx'), 'Fleet'),
});
const signIn = createRoute({
  getParentRoute: () => signedIn,
  path: '/sign-in',
  // Without a session the frame shows the sign-in in place of any screen; with one there is nothing to do here.
  component: () => <Navigate to="/" replace />,
});
const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/w/$workspace',
  component: Outlet,
  validateSearch: readLookAt,
  search: { middlewares: [retainSearchParams(['model', 'snapshot'])] },
});
const home = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyScreen(() => import('../screens/home/home.tsx'), 'Home'),
});

const matrix = createRoute({
  getParentRoute: () => workspace,
  path: '/matrix',
  component: lazyScreen(() => import('../screens/matrix/matrix.tsx'), 'Matrix'),
});
const statement = createRoute({
  getParentRoute: () => workspace,
  path: '/statements/$statement',
  component: lazyScreen(() => import('../screens/statement/statement.tsx'), 'Statement'),
});
const signal = createRoute({
  getParentRoute: () => workspace,
  path: '/signals/$signal',
  component: lazyScreen(() => import('../screens/signal/signal.tsx'), 'Signal'),
});
const saidSeen = createRoute({
  getParentRoute: () => workspace,
  path: '/said-and-seen',
  component: lazyScreen(() => import('../screens/said-seen/said-seen.tsx'), 'SaidSeen'),
});
const path = createRoute({
  getParentRoute: () => workspace,
  path: '/path',
  component: lazyScreen(() => import('../screens/path/path.tsx'), 'Path'),
});
const questions = createRoute({
  getParentRoute: () => workspace,
  path: '/questions',
  component: lazyScreen(() => import('../screens/questions/questions.tsx'), 'Questions'),
});
const figures = createRoute({
  getParentRoute: () => workspace,
  path: '/figures',
  component: lazyScreen(() => import('../screens/figures/figures.tsx'), 'Figures'),
});
const change = createRoute({
  getParentRoute: () => workspace,
  path: '/change',
  component: lazyScreen(() => import('../screens/change/change.tsx'), 'Change'),
});
const connections = createRoute({
  getParentRoute: () => workspace,
  path: '/connections',
  component: lazyScreen(() => import('../screens/connections/connections.tsx'), 'Connections'),
});
const importFile = createRoute({
  getParentRoute: () => workspace,
  path: '/import',
  component: lazyScreen(() => import('../screens/import/import.tsx'), 'ImportFile'),
});
const runs = createRoute({
  getParentRoute: () => workspace,
  path: '/runs',
  component: lazyScreen(() => import('../screens/runs/runs.tsx'), 'Runs'),
});
const schedules = createRoute({
  getParentRoute: () => workspace,
  path: '/schedules',
  component: lazyScreen(() => import('../screens/schedules/schedules.tsx'), 'Schedules'),
});
const notices = createRoute({
  getParentRoute: () => workspace,
  path: '/notices',
  component: lazyScreen(() => import('../screens/notices/notices.tsx'), 'Notices'),
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: '/tokens',
  component: lazyScreen(() => import('../screens/server/tokens.tsx'), 'Tokens'),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  component: lazyScreen(() => import('../screens/server/audit.tsx'), 'Audit'),
});
const glossary = createRoute({
  getParentRoute: () => signedIn,
  path: '/glossary',
  component: lazyScreen(() => import('../screens/glossary/glossary.tsx'), 'Glossary'),
});

const catalogue = createRoute({
  getParentRoute: () => signedIn,
  path: '/catalogue',
  component: lazyScreen(() => import('../screens/catalogue/catalogue.tsx'), 'Catalogue'),
});

const routeTree = root.addChildren([
  invitation,
  signedIn.addChildren([
    fleet,
    signIn,
    workspace.addChildren([
      home,
      matrix,
      statement,
      signal,
      saidSeen,
      path,
      questions,
      figures,
      change,
      connections,
      importFile,
      runs,
      schedules,
      notices,
    ]),
    tokens,
    audit,
    glossary,
    catalogue,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: BrokenScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
