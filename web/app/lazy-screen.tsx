import { type ErrorComponentProps, lazyRouteComponent, useRouter } from '@tanstack/react-router';
import { loadCode, UNLOADABLE } from '../api/load-code.ts';
import { ApiProblem } from '../api/problem.ts';
import { ProblemBox } from '../parts/states.tsx';

/** A screen whose code comes when it is gone to. The router alone would load the whole page again where it fails, and a server that is gone gives none. */
export function lazyScreen<T extends Record<string, unknown>, Name extends keyof T>(
  load: () => Promise<T>,
  name: Name,
) {
  return lazyRouteComponent(() => loadCode(load), name);
}

/** What stands in place of a screen that failed. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    if (error instanceof ApiProblem && error.code === UNLOADABLE) return window.location.reload();
    reset();
    void router.invalidate();
  };
  return <ProblemBox error={error} retry={again} />;
}
