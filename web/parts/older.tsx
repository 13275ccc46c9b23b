import { Button } from '@mantine/core';
import { ProblemBox } from './states.tsx';

/** A list that the server gives page by page. */
interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly error: Error | null;
  fetchNextPage(): unknown;
}

/** Gets the rows behind those that are shown; nothing where they are the last. */
export function Older({ list }: { readonly list: Paged }) {
  if (!list.hasNextPage) return null;
  return (
    <>
      <Button
        mt="sm"
        size="xs"
        variant="default"
        loading={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        Show older ones
      </Button>
      {list.isFetchNextPageError ? <ProblemBox error={list.error} /> : null}
    </>
  );
}
