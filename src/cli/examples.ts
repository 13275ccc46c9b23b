/** A command line as one would type it, and what it is for. */
interface Example {
  readonly line: string;
  readonly says: string;
}

function example(line: string, says: string): Example {
  return { line, says };
}

/** Examples by the words behind `plumbline`; the empty path is the program. A test parses every one of them. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  '': [
    example('plumbline demo', 'simulated desks, to see what comes out'),
    example('plumbline connect zendesk --url https://acme.zendesk.com', 'your own helpdesk; asks for the token'),
    example('plumbline sync && plumbline snapshot', 'read what changed, then measure and judge'),
    example('plumbline explain S1.4', 'one statement, down to its tickets'),
  ],
  demo: [
    example('plumbline demo --desk harbor', 'one desk only'),
    example('plumbline demo --serve', 'and the page on them, until interrupted'),
    example('plumbline demo --quiet --json', 'the verdicts for a program'),
  ],
  connect: [
    example('plumbline connect', 'the vendors, and what each can show'),
    example('plumbline connect zendesk --url https://acme.zendesk.com --user you@acme.com', 'asks for the token'),
    example('plumbline connect zendesk --url https://acme.zendesk.com --token-env ZENDESK_TOKEN', 'for scripts'),
  ],
  sync: [
    example('plumbline sync', 'every connection'),
    example('plumbline sync zendesk --queue', 'leave it to plumbline work'),
  ],
  import: [
    example('plumbline import incidents.csv.gz', 'proposes a mapping and asks what the file does not tell'),
    example(
      'plumbline import incidents.csv --map incidents.mapping.yaml --check',
      'what would be lost; stores nothing',
    ),
    example('plumbline import --as deflection help-centre.csv', 'counts of visits, searches and bots by week'),
  ],
  assess: [
    example('plumbline assess --respondent ana --role support_lead', 'at the prompt, the most telling question first'),
    example('plumbline assess --form answers.yaml --respondent ana --role support_lead', 'a form to fill by hand'),
    example('plumbline assess --answers answers.yaml', 'read it back'),
  ],
  snapshot: [
    example('plumbline snapshot', 'the newest data, on the screen'),
    example('plumbline snapshot --as-of 2026-03-31 --md march.md', 'the state at the end of a day, as Markdown'),
    example('plumbline snapshot --fail-below assured=2,seen=2', 'a gate for scripts: ends with 4 when lower'),
    example('plumbline snapshot --models six-stage,activity-score', 'only these models judge'),
  ],
  report: [
    example('plumbline report --html report.html', 'the newest snapshot as one page'),
    example(
      'plumbline report --pdf q1.pdf --snapshot 2026-03-31 --since 2025-12-31',
      'a quarter against the one before',
    ),
    example('plumbline report --badge badge.svg --summary summary.json', 'for a wiki and for pipelines'),
  ],
  backfill: [example('plumbline backfill --from 2025-01-01 --every month', 'what each month would have said')],
  trend: [example('plumbline trend --model activity-score', 'a model of another kind')],
  metrics: [example('plumbline metrics --from 2026-01-01 --by team', 'figures of each team')],
  compare: [
    example('plumbline compare', 'said beside seen'),
    example('plumbline compare 2026-01-31 latest', 'two kept snapshots, each change with its cause'),
    example('plumbline compare --models', 'what every staged model says of the same data'),
  ],
  path: [example('plumbline path --target 4', 'what it takes to reach stage 4')],
  explain: [
    example('plumbline explain stage', 'the stage, set by set'),
    example('plumbline explain D3', 'a signal: number, interval, SQL, sample tickets'),
  ],
  'customers match': [
    example('plumbline customers match', 'who the customers of the desk are in the CRM beside it'),
    example(
      'plumbline customers match --map pairs.csv',
      'CSV with the first line desk_id,crm_id: your word goes first',
    ),
  ],
  'links match': [example('plumbline links match', 'which issues of the desk were found in the tracker beside it')],
  'models judge': [example('plumbline models judge activity-score', 'one model in full')],
  'schedule add': [
    example('plumbline schedule add weekly --cron "0 6 * * 1" --tz Europe/Berlin', 'a snapshot every Monday morning'),
  ],
  'token add': [example('plumbline token add dashboard --role viewer --expires 90d', 'printed this once')],
  serve: [example('plumbline serve --port 7448', 'the page and the HTTP interface')],
  backup: [example('plumbline backup /backups/2026-03-31', 'a new folder with everything of the workspace')],
  restore: [example('plumbline restore /backups/2026-03-31 --workspace copy', 'into an empty workspace')],
  erase: [example('plumbline erase --dry-run', 'asks who, and counts only')],
  completion: [
    example('source <(plumbline completion bash)', 'in ~/.bashrc'),
    example('source <(plumbline completion zsh)', 'in ~/.zshrc, after compinit'),
    example('plumbline completion fish > ~/.config/fish/completions/plumbline.fish', 'once'),
  ],
};

/** Examples of a command as they stand below its help; empty when there are none. */
export function examplesText(path: string): string {
  const examples = EXAMPLES[path] ?? [];
  if (examples.length === 0) return '';
  return ['\nExamples:', ...examples.flatMap(({ line, says }) => [`  ${line}`, `      ${says}`])].join('\n');
}

export const PROGRAM_EXAMPLES = `${examplesText('')}\n\nplumbline help <command> says what a command takes, with examples.`;
