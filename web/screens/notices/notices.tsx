import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { BY_CURSOR, behind } from '../../api/pages.ts';
import { dataOf } from '../../api/problem.ts';
import type { components } from '../../generated/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { instantText } from '../../parts/format.ts';
import { Older } from '../../parts/older.tsx';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Targets } from './targets.tsx';

type Notice = components['schemas']['Notice'];

function deliveryWords(notice: Notice): string {
  if (notice.deliveries.length === 0) return 'told to nobody';
  return notice.deliveries
    .map(({ target, status }) => `${target}: ${status === 'due' ? 'on its way' : status}`)
    .join(', ');
}

const NOTICES: readonly Column<Notice>[] = [
  { head: 'What', cell: (notice) => notice.text },
  { head: 'Kind', cell: (notice) => <Tag>{notice.kind.replaceAll('_', ' ')}</Tag>, by: (notice) => notice.kind },
  { head: 'When', cell: (notice) => instantText(notice.at), by: (notice) => notice.at },
  { head: 'Told', cell: deliveryWords },
];

/** What was worth telling, and who is told. */
export function Notices() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const notices = useInfiniteQuery({
    queryKey: ['notices', workspace],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/workspaces/{workspace}/notices', { params: { path: { workspace }, query: behind(pageParam) } }),
      ),
    ...BY_CURSOR,
    select: ({ pages }) => pages.flatMap((page) => page.notices),
  });
  return (
    <Page title="Notices" lead="What changed and was worth telling, each once.">
      <Section title="What was found">
        <Await query={notices} rows={2}>
          {(found) =>
            found.length === 0 ? (
              <Empty title="No notices yet" way="They come when a stage changes, a sync breaks or answers expire." />
            ) : (
              <DataTable label="Notices" rows={found} columns={NOTICES} id={(notice) => notice.id} />
            )
          }
        </Await>
        <Older list={notices} />
      </Section>
      <Targets workspace={workspace} />
    </Page>
  );
}
