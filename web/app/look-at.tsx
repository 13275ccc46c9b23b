import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../api/client.ts';
import { dataOf } from '../api/problem.ts';
import { useSnapshots } from '../api/use-snapshots.ts';
import { lastDayText } from '../parts/format.ts';
import type { LookAt } from './look-at-search.ts';
import styles from './shell.module.css';

/** Which snapshot is looked at, and by which model; kept while one goes around in the desk. */
export function LookAtChoice({ workspace }: { readonly workspace: string }) {
  const search: LookAt = useSearch({ strict: false });
  const navigate = useNavigate();
  const models = useQuery({ queryKey: ['models'], queryFn: () => dataOf(api.GET('/v1/models')) });
  const snapshots = useSnapshots(workspace, search.model);
  const look = (change: LookAt) => {
    const next = { ...search, ...change };
    void navigate({
      to: '.',
      search: { model: next.model, snapshot: next.snapshot },
    });
  };
  const judges = models.data?.models.filter((model) => model.judges) ?? [];
  const shown = judges.find((model) => model.shown)?.id ?? '';
  return (
    <>
      <NativeSelect
        className={styles.desk}
        size="xs"
        aria-label="Model"
        value={search.model ?? shown}
        data={judges.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={(event) => {
          const model = event.currentTarget.value;
          look({ model: model === shown ? undefined : model });
        }}
      />
      <NativeSelect
        className={styles.desk}
        size="xs"
        aria-label="Snapshot"
        value={search.snapshot ?? ''}
        data={[
          { value: '', label: 'latest snapshot' },
          ...(snapshots.data?.snapshots.slice(1) ?? []).map((head) => ({
            value: head.digest,
            label: `snapshot to ${lastDayText(head.as_of)}`,
          })),
        ]}
        onChange={(event) => look({ snapshot: event.currentTarget.value || undefined })}
      />
    </>
  );
}
