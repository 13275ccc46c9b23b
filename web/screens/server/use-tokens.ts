import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { dataOf } from '../../api/problem.ts';

/** Access tokens that the caller may see, revoked ones too. */
export function useTokens() {
  return useQuery({ queryKey: ['tokens'], queryFn: () => dataOf(api.GET('/v1/tokens')) });
}
