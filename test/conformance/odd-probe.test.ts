import { appendFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { addedFacts, findPlaces, lostRows, ODD_KINDS, OTHER_CASE, readOdd } from './odd-values.ts';

const ids = (process.env.ODD ?? 'freshdesk').split(',');
for (const id of ids)
  it(id, { timeout: 3_600_000 }, async () => {
    const spec = Object.entries(await import(`../harness/${id}-case.ts`)).find(([k]) => k.endsWith('Case'))![1] as any;
    const out = `/tmp/pl/odd-${id}.log`;
    writeFileSync(out, '');
    const plain = await readOdd(spec, null);
    const places = await findPlaces(spec);
    appendFileSync(out, `# ${places.length} places ${JSON.stringify(plain.error)}\n`);
    for (const place of places)
      for (const kind of [...ODD_KINDS, OTHER_CASE]) {
        if (kind.bend(place.sample) === undefined) continue;
        if (kind === OTHER_CASE && (typeof place.sample !== 'string' || !/^[A-Za-z][A-Za-z_ ]{1,30}$/.test(place.sample))) continue;
        const run = await readOdd(spec, { place, kind });
        const where = `${place.route} ${place.path.join('.')} [${kind.name}]`;
        const err = run.error as any;
        if (run.error) appendFileSync(out, `FAIL ${where}: ${err.code} ${String(err.message).slice(0, 200)} ${err.code ? '' : String(err.stack).split('\n')[1]}\n`);
        const lost = lostRows(plain.rows, run.rows, 'ticket');
        if (lost.length) appendFileSync(out, `LOST ${where}: ${lost.length}\n`);
        const facts = addedFacts(plain.rows, run.rows, new Set());
        if (facts.length) appendFileSync(out, `FACT ${where}: ${facts.length} ${facts.slice(0, 3).join(' | ').slice(0, 400)}\n`);
        if (run.text.includes('canary')) appendFileSync(out, `LEAK ${where}\n`);
      }
  });
