import { backupConformance } from '../../test/conformance/backup.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';

backupConformance('embedded to embedded', openMemoryStoreOf, openMemoryStoreOf);

function openMemoryStoreOf(_workspace: string) {
  return openMemoryStore();
}
