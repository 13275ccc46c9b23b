/** How a list is asked for page by page: by the `next` of the reply before, until it is null. */
export const BY_CURSOR = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined,
};

/** The query of a page; the first one has no cursor. */
export function behind(cursor: string | undefined): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor };
}
