import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PlumblineError } from '../../errors/index.ts';
import { placeFromPoints } from '../../pipeline/place.ts';
import { renderPlacement } from '../../report/terminal/placement.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerPlace: RegisterCommand = (program, run) => {
  program
    .command('place')
    .description('the pure core alone: evidence points in, placement out')
    .requiredOption(
      '--points <file>',
      'JSON file {"criteria": {"S1.1": [exists, full]}, "answers": {"S1.1": 3}}; - for standard input',
    )
    .option('--model <id>', 'maturity model')
    .action(
      run(async ({ app, io, flags }, options: { points: string; model?: string }) => {
        const { model } = await app.model(options.model);
        const placement = placeFromPoints(readJson(options.points, io.cwd), model);
        if (flags.json) printJson(io, { placement });
        else printText(io, renderPlacement(placement, model, io.style));
      }),
    );
};

function readJson(file: string, cwd: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new PlumblineError(
      'BAD_POINTS',
      `The points file ${file} cannot be read.`,
      'Check the path after --points.',
      { where: file, cause },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlumblineError(
      'BAD_POINTS',
      `${file} is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
      'Give {"criteria": {"S1.1": [exists, full]}}.',
      { where: file, cause },
    );
  }
}
