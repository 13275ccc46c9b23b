import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';

/** Helpdesks that can be connected; they change with the program only. */
export function useConnectors() {
  return useQuery({
    queryKey: ['connectors'],
    queryFn: () => dataOf(api.GET('/v1/connectors')),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
