import { COMMANDS } from '../../src/cli/commands/index.ts';
import { loadProgram } from '../../src/cli/load-program.ts';
import { renderMan } from '../../src/cli/man/render-man.ts';
import { packageVersion } from '../../src/config/package.ts';

/** docs/man/plumbline.1, which npm installs as `man plumbline`. */
export async function renderManPage(): Promise<string> {
  const version = packageVersion();
  return renderMan(await loadProgram(COMMANDS, version), version);
}
