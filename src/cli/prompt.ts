import { createInterface } from 'node:readline';

/** Asks one question on the terminal; a hidden answer is not echoed. */
export function promptOnTerminal(question: string, hidden: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
    let muted = false;
    const output = reader as unknown as { _writeToOutput?: (text: string) => void };
    const original = output._writeToOutput?.bind(reader);
    // readline has no option for silent input; replacing its writer is the documented community way (nodejs/node#3120).
    if (hidden) output._writeToOutput = (text) => (muted ? undefined : original?.(text));
    reader.question(`${question}: `, (answer) => {
      if (hidden) process.stderr.write('\n');
      reader.close();
      resolve(answer);
    });
    muted = hidden;
    reader.on('SIGINT', () => {
      reader.close();
      reject(new DOMException('interrupted at the prompt', 'AbortError'));
    });
  });
}
