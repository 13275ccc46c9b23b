import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlumblineError } from '../../errors/index.ts';

/** A report of ninety pages prints in some seconds; what takes longer hangs. */
const TIMEOUT_MS = 120_000;
/** Of what a browser complains about, the end tells most. */
const LONGEST_COMPLAINT = 400;

function switches(folder: string, isRoot: boolean): string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-pdf-header-footer',
    // The file needs nothing from elsewhere, and nothing in it may get there.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${join(folder, 'report.pdf')}`,
    // Chromium refuses to run as root otherwise; for anyone else its sandbox stays.
    ...(isRoot ? ['--no-sandbox'] : []),
    pathToFileURL(join(folder, 'report.html')).href,
  ];
}

/** Runs the browser to its end. Errors: PDF_FAILED when it cannot be started, ends with an error, or takes too long. */
function runBrowser(browser: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const refuse = (what: string, cause?: unknown): void =>
      fail(
        new PlumblineError(
          'PDF_FAILED',
          `${browser} did not print the report: ${what}`,
          'Name another browser with --browser, or write --html and print that from any browser.',
          { where: browser, cause },
        ),
      );
    const child = spawn(browser, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-LONGEST_COMPLAINT);
    });
    child.on('error', (error) => (error.name === 'AbortError' ? fail(error) : refuse(error.message, error)));
    child.on('close', (code, killed) => {
      if (code === 0) done();
      else
        refuse(
          killed === null
            ? `it ended with ${code}. ${complaint.trim()}`
            : `it was ended by ${killed}, perhaps after ${TIMEOUT_MS / 1000} s.`,
        );
    });
  });
}

/** A file of HTML as PDF, printed by a browser in a folder of its own that is gone afterwards. Errors: PDF_FAILED. */
export async function printPdf(
  text: string,
  { browser, isRoot, signal }: { readonly browser: string; readonly isRoot: boolean; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pdf-'));
  try {
    writeFileSync(join(folder, 'report.html'), text, { mode: 0o600 });
    await runBrowser(browser, switches(folder, isRoot), signal);
    return readFileSync(join(folder, 'report.pdf'));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
