import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router';
import { ProblemBox } from '../parts/states.tsx';
import { NotFound } from '../screens/not-found.tsx';
import { Shell } from './shell.tsx';

/** Which snapshot is looked at, by which model; kept while one goes around in a workspace. */
export interface LookAt {
  readonly model?: string | undefined;
  readonly snapshot?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell });

const fleet = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/fleet/fleet.tsx'), 'Fleet'),
});
const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/w/$workspace',
  component: Outlet,
  validateSearch: (search: Record<string, unknown>): LookAt => ({
    model: text(search.model),
    snapshot: text(search.snapshot),
  }),
  search: { middlewares: [retainSearchParams(['model', 'snapshot'])] },
});
const home = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/home/home.tsx'), 'Home'),
});

export const router = createRouter({
  routeTree: root.addChildren([signedIn.addChildren([fleet, workspace.addChildren([home])])]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <ProblemBox error={error} retry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
