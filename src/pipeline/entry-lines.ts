import type { FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

/** A line of a file was longer than it may be. */
export class LineTooLong extends Error {}

/** Characters of one line: the largest snapshot has some hundred thousand. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Lines of a file, one at a time in bounded memory; the handle is closed. Errors: LineTooLong; those of the file system. */
export async function* linesOf(handle: FileHandle): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of handle.createReadStream()) {
    const searched = rest.length;
    rest += decoder.write(chunk as Buffer);
    let from = 0;
    for (let end = rest.indexOf('\n', searched); end >= 0; end = rest.indexOf('\n', from)) {
      yield rest.slice(from, end);
      from = end + 1;
    }
    rest = rest.slice(from);
    if (rest.length > MOST_CHARACTERS) throw new LineTooLong(`longer than ${MOST_CHARACTERS} characters`);
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}
