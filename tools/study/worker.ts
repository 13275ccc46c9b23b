import { drawDesk } from '../../src/demo/random/draw-desk.ts';
import { loadJudge, playDesk } from './play-desk.ts';
import { speaker } from './words.ts';

const judge = loadJudge(process.argv[2] ?? '.');

process.on('message', async (task: { seed: string; words: string }) => {
  try {
    const desk = drawDesk(task.seed, speaker(task.words, task.seed));
    process.send?.({ seed: task.seed, result: await playDesk(desk, task.words, judge) });
  } catch (error) {
    process.send?.({ seed: task.seed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
