import { join } from 'node:path';
import { packageRoot } from '../config/package.ts';
import { compileRules } from './compile-rules.ts';
import { COMPILED_RULES, writeCompiled } from './compiled-rules.ts';

/** The last step of `npm run build`. */
const rules = join(packageRoot(), 'rules');
writeCompiled(COMPILED_RULES, rules, await compileRules(rules));
