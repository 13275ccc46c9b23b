// Fails when the lock file misses the optional platform builds of a package family: `npm ci` would then refuse it elsewhere.
import { readFileSync } from 'node:fs';

const packages = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
const names = new Set(Object.keys(packages).map((key) => key.split('node_modules/').pop()));
const incomplete = Object.entries(packages).flatMap(([key, value]) => {
  const missing = Object.keys(value.optionalDependencies ?? {}).filter((name) => !names.has(name));
  return missing.length === 0 ? [] : [`${key.split('node_modules/').pop()}@${value.version}: ${missing.join(', ')}`];
});
for (const line of incomplete) console.log(line);
process.exit(incomplete.length === 0 ? 0 : 1);
