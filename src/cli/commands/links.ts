import { matchLinks } from '../../pipeline/links/match-links.ts';
import { renderLinkMatches } from '../../report/terminal/link-match.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

export const registerLinks: RegisterCommand = (program, run) => {
  const links = program
    .command('links')
    .description('issues that tickets name, and trackers beside the desk (docs/sources-beside-a-desk.md)');
  links
    .command('match')
    .description('which issues that tickets name were found in a tracker: matched, ambiguous, unmatched')
    .action(
      run(async ({ app, io, flags }) => {
        const matches = await matchLinks(await app.store(), app.clock.now());
        if (flags.json) printJson(io, { matches });
        else printText(io, renderLinkMatches(matches, io.style));
      }),
    );
};
