/** One instruction of a Dockerfile: continuation lines joined, comments left out. */
export interface DockerStep {
  readonly line: number;
  readonly word: string;
  /** `--from=build` and the like. */
  readonly flags: Readonly<Record<string, string>>;
  readonly rest: string;
  /** The JSON (exec) form; null for the shell form. */
  readonly exec: readonly string[] | null;
}

export interface DockerStage {
  readonly name: string;
  readonly image: string;
  readonly steps: readonly DockerStep[];
}

function execForm(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((word) => typeof word === 'string') ? parsed : null;
  } catch {
    return null;
  }
}

function parseStep(line: number, text: string): DockerStep {
  const [word = '', ...words] = text.trim().split(/\s+/);
  const flags: Record<string, string> = {};
  let rest = text.trim().slice(word.length).trim();
  for (const flag of words) {
    const match = /^--([a-z-]+)=(.*)$/.exec(flag);
    if (match === null) break;
    flags[match[1] as string] = match[2] as string;
    rest = rest.slice(flag.length).trim();
  }
  return { line, word: word.toUpperCase(), flags, rest, exec: execForm(rest.replace(/^CMD\s+/, '')) };
}

/** Stages of a Dockerfile, as far as ours uses the language: no here-documents, no variables in FROM. */
export function parseDockerfile(text: string): DockerStage[] {
  const steps: DockerStep[] = [];
  let begun: { line: number; text: string } | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    if (/^\s*#/.test(raw) || raw.trim() === '') continue;
    const more = raw.trimEnd().endsWith('\\');
    const part = more ? raw.trimEnd().slice(0, -1) : raw;
    const step: { line: number; text: string } =
      begun === null ? { line: index + 1, text: part } : { line: begun.line, text: `${begun.text} ${part.trim()}` };
    begun = more ? step : null;
    if (!more) steps.push(parseStep(step.line, step.text));
  }
  const stages: { name: string; image: string; steps: DockerStep[] }[] = [];
  for (const step of steps) {
    if (step.word === 'FROM') {
      const [image = '', , name = String(stages.length)] = step.rest.split(/\s+/);
      stages.push({ name, image, steps: [] });
    } else stages.at(-1)?.steps.push(step);
  }
  return stages;
}
