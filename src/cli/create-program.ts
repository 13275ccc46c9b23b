import { Command, Option } from 'commander';

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The program with its global options and no command yet. It neither prints nor ends the process unless it is told how. */
export function createProgram(version: string): Command {
  return new Command('plumbline')
    .description('Shows how mature support really is: what the helpdesk records, beside what people say.')
    .version(version)
    .option('--data <dir>', 'folder of the store (default .plumbline)')
    .option('--config <file>', 'configuration file (default ./plumbline.yaml)')
    .option('--workspace <name>', 'organisation or desk to work on')
    .option('--pack <dir>', 'pack of your own: signals, models, overlays, benchmarks; may be repeated', collect)
    .option('--json', 'results as JSON', false)
    .option('--quiet', 'no progress', false)
    .addOption(new Option('--verbose', 'details of errors and log lines').default(false))
    .showSuggestionAfterError()
    .exitOverride();
}
