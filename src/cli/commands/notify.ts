import type { Delivery, Notice, NoticeTarget } from '../../domain/operations.ts';
import { CHANNEL_KINDS, NOTICE_KINDS } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { audited } from '../../pipeline/audit.ts';
import { testNotice } from '../../pipeline/notices/index.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import { discardSecret, findTarget, readTarget, secretOf, type TargetOptions } from '../notice-target.ts';
import { collect, readPairs } from '../pairs.ts';
import type { RegisterCommand } from '../runner.ts';

const MOST_NOTICES = 200;

function lineOfTarget(target: NoticeTarget): string {
  const { url, host, to } = target.settings;
  const where = typeof url === 'string' ? new URL(url).host : typeof host === 'string' ? host : 'address is the secret';
  const people = Array.isArray(to) ? ` (${to.length} recipients)` : '';
  const kinds = target.kinds === null ? 'all kinds' : target.kinds.join(', ');
  return `${target.name.padEnd(16)} ${target.channel.padEnd(8)} ${where}${people}; ${kinds}`;
}

function lineOfDelivery(delivery: Delivery): string {
  const tries = `${delivery.attempts} ${delivery.attempts === 1 ? 'attempt' : 'attempts'}`;
  const why = delivery.failure === null ? '' : `; ${delivery.failure.message}`;
  const next = delivery.status === 'due' ? `, next at ${delivery.next_at.toISOString()}` : '';
  return `  ${delivery.target}: ${delivery.status}, ${tries}${next}${why}`;
}

function linesOfNotice({ notice, deliveries }: { notice: Notice; deliveries: readonly Delivery[] }): string {
  const head = `${notice.at.toISOString()}  ${notice.kind}  ${notice.text}`;
  return [head, ...(deliveries.length === 0 ? ['  no target wanted it'] : deliveries.map(lineOfDelivery))].join('\n');
}

function limitOf(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST_NOTICES) return limit;
  throw new PlumblineError('BAD_USAGE', `--limit ${text} is not possible.`, `Use a number from 1 to ${MOST_NOTICES}.`);
}

export const registerNotify: RegisterCommand = (program, run) => {
  const notify = program.command('notify').description('who is told when something changes (docs/notifications.md)');

  notify
    .command('add <name>')
    .description('add or replace a target; asks for its secret where no flag names it')
    .requiredOption('--channel <channel>', `one of ${CHANNEL_KINDS.join(', ')}`)
    .option('--set <key=value>', 'a setting of the channel; may be repeated', collect, [])
    .option('--token-env <variable>', 'environment variable that holds the secret')
    .option('--token-file <file>', 'file that holds the secret')
    .option('--only <kinds>', `kinds to send, with commas between (default all): ${NOTICE_KINDS.join(', ')}`)
    .option('--allow-private', 'the receiver is on a private or loopback address')
    .action(
      run(async ({ app, io, flags }, name: string, options: TargetOptions) => {
        const operations = await app.operations();
        const draft = await readTarget(app, name, options, readPairs(options.set ?? []));
        const { workspace, channel } = draft;
        const act = { actor: 'cli', action: 'target.save', workspace, subject: name, detail: { channel } };
        const target = await audited(act, await cliAudit(app), async () => {
          const before = (await operations.noticeTargets(workspace)).find((each) => each.name === name);
          const secret = await secretOf(app, io, draft, options);
          const kept = { ...draft, secret, created_at: before?.created_at ?? draft.created_at };
          await operations.addWorkspace(workspace);
          await operations.saveNoticeTarget(kept);
          if (before !== undefined && before.secret !== secret) await discardSecret(app, before.secret);
          return kept;
        });
        if (flags.json) printJson(io, target);
        else printText(io, `${lineOfTarget(target)}\n\nTry it: plumbline notify test ${name}`);
      }),
    );

  notify
    .command('list')
    .description('targets of the workspace; never their secrets')
    .action(
      run(async ({ app, io, flags }) => {
        const targets = await (await app.operations()).noticeTargets(app.config.workspace);
        if (flags.json) printJson(io, { targets });
        else if (targets.length === 0)
          printText(io, 'Nobody is told yet. Add a target: plumbline notify add <name> --channel webhook ...');
        else printText(io, targets.map(lineOfTarget).join('\n'));
      }),
    );

  notify
    .command('remove <name>')
    .description('remove a target, its secret, and what is on its way there')
    .action(
      run(async ({ app, io, flags }, name: string) => {
        const { workspace } = app.config;
        const act = { actor: 'cli', action: 'target.remove', workspace, subject: name, detail: {} };
        await audited(act, await cliAudit(app), async () => {
          const target = await findTarget(app, name);
          await (await app.operations()).removeNoticeTarget(workspace, name);
          await discardSecret(app, target.secret);
        });
        if (flags.json) printJson(io, { removed: name });
        else printText(io, `The target ${name} is removed.`);
      }),
    );

  notify
    .command('test <name>')
    .description('send a test notice now and print what the receiver said')
    .action(
      run(async ({ app, io, flags }, name: string) => {
        const target = await findTarget(app, name);
        const nonce = Buffer.from(app.randomBytes(16)).toString('hex');
        const notice = testNotice({ workspace: target.workspace, target: name, at: app.clock.now(), nonce });
        const secret = await app.secrets.read(target.secret);
        const outcome = await (await app.noticeSender()).send(notice, target, secret, app.signal);
        if (flags.json) printJson(io, { target: name, notice: notice.id, outcome: outcome.kind, said: outcome.said });
        else if (outcome.said !== '') printText(io, `${name} said: ${outcome.said}`);
        if (outcome.kind !== 'delivered') throw outcome.error;
        if (!flags.json) printText(io, 'Delivered.');
      }),
    );

  notify
    .command('log')
    .description('what was found worth telling, newest first, and whether it arrived')
    .option('--limit <n>', `how many, at most ${MOST_NOTICES}`, '20')
    .action(
      run(async ({ app, io, flags }, options: { limit: string }) => {
        const operations = await app.operations();
        const notices = await operations.notices(app.config.workspace, limitOf(options.limit));
        const found = await Promise.all(
          notices.map(async (notice) => ({ notice, deliveries: await operations.deliveries(notice.id) })),
        );
        if (flags.json)
          printJson(io, {
            notices: found.map(({ notice, deliveries }) => ({ ...notice, deliveries: [...deliveries] })),
          });
        else if (found.length === 0) printText(io, 'Nothing was worth telling yet.');
        else printText(io, found.map(linesOfNotice).join('\n'));
      }),
    );
};
