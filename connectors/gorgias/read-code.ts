/** A variable of the code: `ticket.assignee_user.id`, `ticket.custom_fields[12].value`. */
export class Path {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One call of the code: `eq(ticket.status, 'open')`, `Action('addTags', { tags: 'vip' })`. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  /** `!` stands in front. */
  readonly denied: boolean;
}

/** What rules and views of the vendor are written in, as far as it is made of calls. */
interface Code {
  readonly calls: readonly Call[];
  /** More than one way through, or a whole group is denied: what holds is not told by the calls alone. */
  readonly branches: boolean;
}

const TOKEN =
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[A-Za-z_$][\w$]*(?:\.[\w$]+|\[\d+\])*|-?\d+(?:\.\d+)?|&&|\|\||\S/gs;
const NAME = /^[A-Za-z_$]/;
const QUOTED = /^['"`]/;
const KEYWORD = /^(?:if|else|return|function|while|for|switch)$/;

/**
 * Reads the JavaScript that the vendor's own editors write: calls joined by `&&` and `||`, within `if` and `else`. Nothing is run. What is not understood is
 * passed over; empty text gives no calls. Never throws.
 */
export function readCode(code: string | null): Code {
  const tokens = code?.match(TOKEN) ?? [];
  const calls: Call[] = [];
  let at = 0;

  const list = (end: string): unknown[] => {
    const values: unknown[] = [];
    while (at < tokens.length && tokens[at] !== end) {
      if (tokens[at] === ',') at += 1;
      else values.push(value());
    }
    at += 1;
    return values;
  };
  const record = (): Record<string, unknown> => {
    const entries: [string, unknown][] = [];
    while (at < tokens.length && tokens[at] !== '}') {
      const key = tokens[at++] as string;
      if (tokens[at] !== ':') continue;
      at += 1;
      entries.push([QUOTED.test(key) ? textOf(key) : key, value()]);
    }
    at += 1;
    return Object.fromEntries(entries);
  };
  const value = (): unknown => {
    const token = tokens[at++] as string;
    if (QUOTED.test(token)) return textOf(token);
    if (/^-?\d/.test(token)) return Number(token);
    if (token === '[') return list(']');
    if (token === '{') return record();
    if (/^(?:true|false)$/.test(token)) return token === 'true';
    if (/^(?:null|undefined)$/.test(token)) return null;
    if (!NAME.test(token)) return undefined;
    if (tokens[at] === '(') {
      at += 1;
      list(')');
    }
    return new Path(token);
  };

  while (at < tokens.length) {
    const token = tokens[at++] as string;
    if (!NAME.test(token) || KEYWORD.test(token) || tokens[at] !== '(') continue;
    const denied = tokens[at - 2] === '!';
    at += 1;
    calls.push({ name: token, args: list(')'), denied });
  }
  return { calls, branches: branchesIn(tokens) };
}

/** An `else`, an `if` that does not begin its block, or `!(`. */
function branchesIn(tokens: readonly string[]): boolean {
  return tokens.some(
    (token, i) =>
      token === 'else' ||
      (token === 'if' && i > 0 && tokens[i - 1] !== '{') ||
      (token === '!' && tokens[i + 1] === '('),
  );
}

function textOf(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => (/[nrt]/.test(char) ? '\n' : char));
}
