import { backupConformance } from '../../test/conformance/backup.ts';
import { openMemoryStore } from '../store/duckdb/open.ts';

const embedded = () => openMemoryStore();

backupConformance('embedded to embedded', embedded, embedded, 'all');
