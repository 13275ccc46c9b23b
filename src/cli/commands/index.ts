import type { GroupedCommands } from '../load-program.ts';

/** What the list of commands says of one. */
interface CommandHead {
  readonly name: string;
  /** Arguments as usage shows them. */
  readonly args: string;
  readonly description: string;
  readonly hasOptions: boolean;
}

/** Headings of the help, in the order of a first visit: what one wants to do. */
const BEGIN = 'Begin:';
const GATHER = 'Gather what is recorded and what people say:';
const LOOK = 'Look at the verdict and prove it:';
const FLEET = 'Run it by itself, for many desks:';
const KEEP = 'Keep, move and remove:';
const RULES = 'Change what is measured and how it is judged:';
const SHELL = 'Shell:';

/** A file of commands: where it stands in the help, what they are called, and how to get at them. */
export interface CommandFile extends GroupedCommands {
  readonly heads: readonly CommandHead[];
}

function head(usage: string, description: string, hasOptions = true): CommandHead {
  const [name = '', ...args] = usage.split(' ');
  return { name, args: args.join(' '), description, hasOptions };
}

/**
 * Every command, in the order of a first visit. Only the file of the command that is named is loaded: all of them together are most of what a
 * start costs. The heads repeat what the files say; a test holds them together.
 */
export const COMMANDS: readonly CommandFile[] = [
  {
    group: BEGIN,
    heads: [head('demo', 'simulated helpdesks, really synced, placed and compared; no account, no server needed')],
    load: async () => (await import('./demo.ts')).registerDemo,
  },
  {
    group: BEGIN,
    heads: [head('init', 'write plumbline.yaml with every key explained')],
    load: async () => (await import('./init.ts')).registerInit,
  },
  {
    group: BEGIN,
    heads: [
      head(
        'connect [vendor]',
        'verify a helpdesk and keep the connection; asks for what is missing; without a vendor lists them',
      ),
      head('disconnect <connection>', 'stop reading a connection; what was read stays and its evidence ages'),
    ],
    load: async () => (await import('./connect.ts')).registerConnect,
  },
  {
    group: BEGIN,
    heads: [
      head(
        'doctor [connection]',
        'permissions, plan limits, clock, store and queue: what is missing and which statements it hides',
        false,
      ),
    ],
    load: async () => (await import('./doctor.ts')).registerDoctor,
  },
  {
    group: GATHER,
    heads: [head('sync [connection...]', 'read what changed since the last time; resumable')],
    load: async () => (await import('./sync.ts')).registerSync,
  },
  {
    group: GATHER,
    heads: [
      head(
        'import <file...>',
        'read CSV, JSON, Parquet or xlsx files, also .gz, folders and "patterns/*.csv"; without --map proposes a mapping',
      ),
    ],
    load: async () => (await import('./import.ts')).registerImport,
  },
  {
    group: GATHER,
    heads: [head('recognise', 'what teams, tiers, fields and programs are by their work, and what could not be read')],
    load: async () => (await import('./recognise.ts')).registerRecognise,
  },
  {
    group: GATHER,
    heads: [head('contacts', 'what contacts do to value: proposes eroding or routine for each code from what repeats')],
    load: async () => (await import('./contacts.ts')).registerContacts,
  },
  {
    group: GATHER,
    heads: [head('customers', 'records of customers beside the desk (docs/sources-beside-a-desk.md)', false)],
    load: async () => (await import('./customers.ts')).registerCustomers,
  },
  {
    group: GATHER,
    heads: [
      head('links', 'issues that tickets name, and trackers beside the desk (docs/sources-beside-a-desk.md)', false),
    ],
    load: async () => (await import('./links.ts')).registerLinks,
  },
  {
    group: GATHER,
    heads: [head('assess', 'ask people what the data cannot show; at the prompt, or from a file')],
    load: async () => (await import('./assess.ts')).registerAssess,
  },
  {
    group: LOOK,
    heads: [
      head('snapshot', 'measure, score and keep the state at one instant'),
      head('backfill', 'snapshots of the past from history'),
    ],
    load: async () => (await import('./snapshot.ts')).registerSnapshot,
  },
  {
    group: LOOK,
    heads: [head('report', 'a kept snapshot as a document: page or PDF, alone or against an earlier one')],
    load: async () => (await import('./report.ts')).registerReport,
  },
  {
    group: LOOK,
    heads: [head('trend', 'what a model of any kind said in the kept snapshots, oldest first')],
    load: async () => (await import('./trend.ts')).registerTrend,
  },
  {
    group: LOOK,
    heads: [head('metrics', 'plain service figures, unscored')],
    load: async () => (await import('./metrics.ts')).registerMetrics,
  },
  {
    group: LOOK,
    heads: [
      head('compare [a] [b]', 'said beside seen; or two snapshots (digest or date) with each change attributed'),
      head('path', 'smallest and cheapest set of moves to the next stage'),
    ],
    load: async () => (await import('./compare.ts')).registerCompare,
  },
  {
    group: LOOK,
    heads: [
      head(
        'explain [what]',
        'from the stage to the ledger, the signal, its SQL and its tickets: stage, S1.4, D3, a ticket id; or a word of ours: assured',
      ),
    ],
    load: async () => (await import('./explain.ts')).registerExplain,
  },
  {
    group: RULES,
    heads: [head('place', 'the pure core alone: evidence points in, placement out')],
    load: async () => (await import('./place.ts')).registerPlace,
  },
  {
    group: RULES,
    heads: [head('rules', 'rule packs: signals as data', false)],
    load: async () => (await import('./rules.ts')).registerRules,
  },
  {
    group: RULES,
    heads: [head('models', 'maturity models', false)],
    load: async () => (await import('./models.ts')).registerModels,
  },
  {
    group: KEEP,
    heads: [
      head(
        'export [table...]',
        'telemetry as files, one a table; with --snapshot what was found and the views behind it',
      ),
    ],
    load: async () => (await import('./export.ts')).registerExport,
  },
  {
    group: FLEET,
    heads: [head('notify', 'who is told when something changes (docs/notifications.md)', false)],
    load: async () => (await import('./notify.ts')).registerNotify,
  },
  {
    group: FLEET,
    heads: [head('schedule', 'when snapshots, syncs and maintenance run by themselves', false)],
    load: async () => (await import('./schedule.ts')).registerSchedule,
  },
  {
    group: FLEET,
    heads: [head('runs', 'what ran, runs and is due', false)],
    load: async () => (await import('./runs.ts')).registerRuns,
  },
  {
    group: FLEET,
    heads: [head('work', 'do what schedules and requests ask for, for all workspaces, until interrupted')],
    load: async () => (await import('./work.ts')).registerWork,
  },
  {
    group: FLEET,
    heads: [head('serve', 'answer over HTTP until interrupted; without DATABASE_URL this process does the jobs too')],
    load: async () => (await import('./serve.ts')).registerServe,
  },
  {
    group: FLEET,
    heads: [head('token', 'access tokens of the HTTP interface', false)],
    load: async () => (await import('./token.ts')).registerToken,
  },
  {
    group: KEEP,
    heads: [
      head('backup <folder>', 'everything of the workspace into a new folder, to be restored on either engine', false),
    ],
    load: async () => (await import('./backup.ts')).registerBackup,
  },
  {
    group: KEEP,
    heads: [head('restore <folder>', 'a backup into an empty workspace, verified by digest')],
    load: async () => (await import('./restore.ts')).registerRestore,
  },
  {
    group: KEEP,
    heads: [head('erase', 'unlink a requester from all records of the workspace, for good')],
    load: async () => (await import('./erase.ts')).registerErase,
  },
  {
    group: KEEP,
    heads: [head('secrets', 'sealed secrets of all workspaces', false)],
    load: async () => (await import('./secrets.ts')).registerSecrets,
  },
  {
    group: SHELL,
    heads: [head('completion <shell>', 'completion for bash, zsh or fish, to be read by the shell', false)],
    load: async () => (await import('./completion.ts')).registerCompletion(() => COMMANDS),
  },
];
