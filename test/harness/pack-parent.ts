/** Starts a child for SQL of packs, keeps it busy for ever and says its number: `pack-parent.ts <folder>`. */
import { PackChild } from '../../src/store/duckdb/pack/child-process.ts';

const [, , folder = ''] = process.argv;
const child = await PackChild.start({ folder, memoryMb: 256, hardMemoryMb: 1_024, spillMb: 256, threads: 1 });
const sql = 'SELECT count(*) AS n FROM range(9000000000000) WHERE range = -1';
const result = `${folder}/busy.duckdb`;
const busy = child.ask({ kind: 'run', sql, params: {}, maxRows: 1, result, attach: [], views: [] }, 600_000);
process.stdout.write(`${child.pid}\n`);
await busy;
