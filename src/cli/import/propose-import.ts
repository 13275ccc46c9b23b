import { PlumblineError } from '../../errors/index.ts';
import type { MappingPoint, MappingProposal, SettledMapping } from '../../kit/file-reader.ts';
import type { App } from '../app.ts';
import type { GlobalFlags, Io } from '../io.ts';
import { printJson, printText } from '../io.ts';
import { type Asker, askerOf } from './asker.ts';
import { placeMapping } from './place-mapping.ts';
import { renderOpen, renderProposal } from './render-proposal.ts';
import { checkName, printResult, runImport } from './run-import.ts';

interface ProposeJob {
  readonly files: readonly string[];
  readonly paths: readonly string[];
  readonly name: string;
  /** Replace a mapping file that was edited. */
  readonly force: boolean;
  readonly sheet?: string | undefined;
  /** Zone of times without an offset, when it was given: the answer to that question. */
  readonly timeZone?: string | undefined;
  /** The file counts self-service by week or day. */
  readonly counts?: boolean;
}

/**
 * Shows what the wizard sees and why. With somebody to answer the open points are asked one by one, the mapping is written and the import
 * goes on after a yes; without, the mapping is written with its open points listed.
 */
export async function proposeImport(
  app: App,
  io: Io,
  flags: GlobalFlags,
  job: ProposeJob,
  asker: Asker | null = askerOf(io),
): Promise<void> {
  const over = { sheet: job.sheet };
  const proposal =
    job.counts === true
      ? await app.files.proposeCounts(job.paths, over)
      : await app.files.proposeMapping(job.paths, over);
  const target = `${job.name}.mapping.yaml`;
  const given = zoneAnswer(proposal, job.timeZone);
  const answered = given.size === 0 ? proposal : { ...proposal, ...proposal.settle(given) };
  if (flags.json) {
    const { settle: _, points, ...plain } = answered;
    const asked = points.filter((point) => !given.has(point.id));
    printJson(io, { ...plain, points: asked.map(({ text, ...point }) => ({ ...point, text: text?.hint ?? null })) });
    return;
  }
  printText(io, renderProposal(proposal, io.style));
  const settled = asker === null ? answered : await askPoints(proposal, asker, given);
  for (const line of renderOpen(settled, io.style)) printText(io, line);
  const placed = await placeMapping(io.cwd, target, settled.yaml, { force: job.force, asker });
  printText(
    io,
    placed.kept
      ? `\n${target} was there and says something else: it stays as it is, the proposal is in ${placed.file} (--force replaces it).`
      : `\nWrote ${placed.file}.`,
  );
  const map = placed.kept ? placed.file : target;
  const next = `plumbline import ${job.files.join(' ')}${job.counts === true ? ' --as deflection' : ''} --map ${map}`;
  if (settled.open.length > 0 || asker === null) {
    printText(io, `${settled.open.length > 0 ? 'Settle the open points in it' : 'Look it through'}, then: ${next}`);
    return;
  }
  if (!(await asker.confirm('Import with it now?', true))) {
    printText(io, `Nothing was imported. When it is right: ${next}`);
    return;
  }
  await checkName(app, job.name);
  await printResult(
    app,
    await runImport(app, io, flags, {
      paths: job.paths,
      files: job.files,
      name: job.name,
      mapping: { text: settled.yaml, name: map },
      replace: false,
    }),
    io,
    flags,
  );
}

/** The answer that --tz gives. Errors: BAD_USAGE for what is no zone. */
function zoneAnswer({ points }: MappingProposal, zone: string | undefined): ReadonlyMap<string, string> {
  const point = points.find((one) => one.id === 'time-zone');
  if (zone === undefined || point?.text === undefined) return new Map();
  const read = point.text.read(zone);
  if ('wrong' in read) throw new PlumblineError('BAD_USAGE', `--tz: ${read.wrong}.`, 'Write e.g. --tz Europe/Berlin.');
  return new Map([[point.id, zone]]);
}

/** Asks the open points one by one; those that are answered already are not asked. */
async function askPoints(
  proposal: MappingProposal,
  asker: Asker,
  given: ReadonlyMap<string, string>,
): Promise<SettledMapping> {
  const answers = new Map<string, number | string>(given);
  for (const [i, point] of proposal.points.entries()) {
    if (given.has(point.id)) continue;
    const answer = await asker.choose({
      question: `${i + 1} of ${proposal.points.length}: ${point.question}`,
      options: point.options,
      samples: point.samples,
      text: textOf(point),
    });
    if (answer !== null) answers.set(point.id, answer);
  }
  return proposal.settle(answers);
}

function textOf({ text }: MappingPoint): { hint: string; wrong(text: string): string | null } | null {
  if (text === undefined) return null;
  return {
    hint: text.hint,
    wrong: (given) => {
      const read = text.read(given);
      return 'wrong' in read ? read.wrong : null;
    },
  };
}
