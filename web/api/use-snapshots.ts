import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { dataOf } from './problem.ts';

/** As many as a list to choose from has room for; older ones have an address of their own. */
const MOST = 1_000;

/** Kept snapshots of a workspace, newest first. */
export function useSnapshots(workspace: string, model: string | undefined) {
  return useQuery({
    queryKey: ['snapshots', workspace, model],
    queryFn: () =>
      dataOf(
        api.GET('/v1/workspaces/{workspace}/snapshots', {
          params: { path: { workspace }, query: { limit: MOST, ...(model === undefined ? {} : { model }) } },
        }),
      ),
  });
}
