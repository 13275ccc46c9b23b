import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config/package.ts';
import { compileRules } from './compile-rules.ts';
import { COMPILED_RULES, writeCompiled } from './compiled-rules.ts';

/** A step of `npm run build`: compiles the rules for the code that lies beside them. */
const root = packageRoot();
const code = join(COMPILED_RULES, '..');
const hash = createHash('sha256').update(readFileSync(join(root, 'package.json')));
for (const file of readdirSync(code, { recursive: true }).map(String).sort())
  if (file.endsWith('.js')) hash.update(`${file}\0`).update(readFileSync(join(code, file)));
const rules = join(root, 'rules');
writeCompiled(COMPILED_RULES, rules, await compileRules(rules, hash.digest('hex')));
