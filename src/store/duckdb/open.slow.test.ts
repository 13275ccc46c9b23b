import { storeConformance } from '../../../test/conformance/store.ts';
import { openMemoryStore } from './open.ts';

// The same engine as in a folder (open.test.ts), and what most other tests stand on.
storeConformance('DuckDB in memory', () => openMemoryStore());
