import { fitText, type Style } from '../report/style.ts';

/** Where a command reads from and writes to; tests give buffers. Results go to `out`, everything else to `err`. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Progress may repaint its lines. */
  readonly interactive: boolean;
  readonly style: Style;
  readonly errStyle: Style;
  readonly stderr: NodeJS.WriteStream;
  /** Asks at the prompt; `hidden` does not echo. Null when nobody is there to answer. */
  readonly ask: ((question: string, hidden: boolean) => Promise<string>) | null;
  readonly cwd: string;
}

export interface GlobalFlags {
  readonly data?: string | undefined;
  readonly config?: string | undefined;
  readonly workspace?: string | undefined;
  readonly pack?: readonly string[] | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}

/** A screen for people: no line is wider than theirs, and none breaks inside a word. */
export function printText(io: Io, text: string): void {
  printRaw(io, fitText(io.style.marks(text), io.style.width));
}

/** A document that is meant to be kept (Markdown, YAML): its lines are its own. */
export function printRaw(io: Io, text: string): void {
  io.out(text.endsWith('\n') ? text : `${text}\n`);
}
