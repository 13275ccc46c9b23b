import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';

/** What Chromium and Chrome are called, the first one found is taken. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
/** Where they lie on a Mac, whose programs are not in PATH. */
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: the next place is looked at.
    return false;
  }
}

interface Places {
  /** By flag or configuration; a name is looked up in PATH. Null = any. */
  readonly named: string | null;
  readonly path: string;
  readonly cwd: string;
}

/** The browser that prints. Errors: NO_BROWSER, also when the named one cannot be run. */
export function findBrowser({ named, path, cwd }: Places): string {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const inPath = (name: string): string[] => folders.map((folder) => join(folder, name));
  if (named === null) {
    const found = [...NAMES.flatMap(inPath), ...APPLICATIONS].find(isProgram);
    if (found !== undefined) return found;
    throw new PlumblineError(
      'NO_BROWSER',
      'A PDF is printed by Chromium or Chrome, and none was found in PATH.',
      'Install one (Debian: apt install chromium), name it with --browser or report.browser in plumbline.yaml, or write --html and print that from any browser.',
    );
  }
  const places = isAbsolute(named) || named.includes('/') ? [resolve(cwd, named)] : inPath(named);
  const found = places.find(isProgram);
  if (found !== undefined) return found;
  throw new PlumblineError(
    'NO_BROWSER',
    `The browser ${named} is not there or cannot be run.`,
    'Correct --browser or report.browser in plumbline.yaml, or leave it out to take the one in PATH.',
    { where: named },
  );
}
