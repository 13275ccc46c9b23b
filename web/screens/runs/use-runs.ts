import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { api } from '../../api/client.ts';
import { BY_CURSOR, behind } from '../../api/pages.ts';
import { dataOf } from '../../api/problem.ts';
import { type RunEvent, useRunEvents } from '../../api/use-run-events.ts';
import type { components } from '../../generated/api.ts';

type Run = components['schemas']['Run'];
type Page = { readonly runs: readonly Run[]; readonly next: string | null };

/** How often the list is asked for while runs are open: seldom where one of them is followed, since its events say what happens. */
const POLL_MS = { followed: 10_000, alone: 1_500 };

export const isOpen = ({ status }: Run): boolean => status === 'due' || status === 'queued' || status === 'running';

/** What a run that ended may have changed. */
const CHANGED_BY_RUNS = ['view', 'snapshots', 'what-if', 'fleet', 'moves', 'set-aside'];

/** Runs of a workspace. The one that is at work is followed by its events. What runs change is asked for anew when one ends. */
export function useRuns(workspace: string) {
  const queries = useQueryClient();
  const key = ['runs', workspace];
  const followed = useRef(false);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      dataOf(api.GET('/v1/workspaces/{workspace}/runs', { params: { path: { workspace }, query: behind(pageParam) } })),
    ...BY_CURSOR,
    select: ({ pages }) => ({ runs: pages.flatMap((page) => page.runs) }),
    refetchInterval: ({ state }) => {
      if (state.data?.pages.some((page) => page.runs.some(isOpen)) !== true) return false;
      return followed.current ? POLL_MS.followed : POLL_MS.alone;
    },
  });
  const runs = query.data?.runs ?? [];
  const open = runs.filter(isOpen);
  const first = open.find(({ status }) => status === 'running') ?? open.at(-1);
  const told = useCallback(
    ({ run: id, status, progress }: RunEvent) => {
      const renewed = (run: Run): Run => (run.id === id ? { ...run, status, progress } : run);
      queries.setQueryData<InfiniteData<Page>>(['runs', workspace], (last) =>
        last === undefined
          ? last
          : { ...last, pages: last.pages.map((page) => ({ ...page, runs: page.runs.map(renewed) })) },
      );
    },
    [queries, workspace],
  );
  const ended = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['runs', workspace] }),
    [queries, workspace],
  );
  followed.current = useRunEvents(workspace, first?.id ?? null, told, ended);
  const done = query.data === undefined ? undefined : runs.filter((run) => run.status === 'done').length;
  const before = useRef(done);
  useEffect(() => {
    if (before.current !== undefined && before.current !== done)
      for (const changed of CHANGED_BY_RUNS) void queries.invalidateQueries({ queryKey: [changed] });
    before.current = done;
  }, [done, queries]);
  return query;
}
