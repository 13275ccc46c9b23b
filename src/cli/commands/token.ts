import type { AccessToken } from '../../domain/operations.ts';
import { ROLES, Role } from '../../domain/operations.ts';
import { nearest, PlumblineError } from '../../errors/index.ts';
import { addToken, isActive, parseLifetime, revokeToken, tokenDetail } from '../../pipeline/access-tokens.ts';
import { audited } from '../../pipeline/audit.ts';
import type { App } from '../app.ts';
import { cliAudit } from '../audit.ts';
import { printJson, printText } from '../io.ts';
import type { RegisterCommand } from '../runner.ts';

interface AddOptions {
  readonly role: string;
  readonly for?: readonly string[];
  readonly expires?: string;
}

function roleOf(text: string): Role {
  const role = Role.safeParse(text);
  if (role.success) return role.data;
  const guess = nearest(text, ROLES);
  throw new PlumblineError(
    'BAD_USAGE',
    `There is no role "${text}".`,
    `${guess === null ? '' : `Did you mean ${guess}? `}Known: ${ROLES.join(', ')}.`,
  );
}

/** A workspace that is not there yet may be named: tokens are often made first. */
function shown({ hash: _kept, ...token }: AccessToken): Omit<AccessToken, 'hash'> {
  return token;
}

function lineOf(token: AccessToken, now: Date): string {
  const state = token.revoked_at !== null ? 'revoked' : isActive(token, now) ? 'active' : 'expired';
  const until = token.expires_at === null ? 'no expiry' : `until ${token.expires_at.toISOString().slice(0, 10)}`;
  return [
    token.id,
    state.padEnd(7),
    token.role.padEnd(8),
    token.workspaces === null ? 'all workspaces' : token.workspaces.join(','),
    until,
    token.name,
  ].join('  ');
}

async function depsOf(app: App) {
  return { operations: await app.operations(), now: app.clock.now(), randomBytes: app.randomBytes };
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export const registerToken: RegisterCommand = (program, run) => {
  const token = program.command('token').description('access tokens of the HTTP interface');

  token
    .command('add <name>')
    .description('make a token and print it, this once')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .option(
      '--for <workspace>',
      'a workspace that it opens, as --workspace; may be repeated (default: all)',
      collect,
      [],
    )
    .option('--expires <days>', 'lifetime, e.g. 90d (default: none)')
    .action(
      run(async ({ app, io, flags }, name: string, options: AddOptions) => {
        const deps = await depsOf(app);
        // The global flag says where a command works; here that is what the token opens.
        const named = [...(flags.workspace === undefined ? [] : [flags.workspace]), ...(options.for ?? [])];
        const workspaces = named.length === 0 ? null : named;
        const role = roleOf(options.role);
        const expiresAt = options.expires === undefined ? null : parseLifetime(options.expires, deps.now);
        const act = {
          action: 'token.add',
          workspace: null,
          subject: name,
          detail: tokenDetail({ role, workspaces, expiresAt }),
        };
        const made = await audited({ ...act, actor: 'cli' }, await cliAudit(app), () =>
          addToken({ name, role, workspaces, expiresAt }, deps),
        );
        if (flags.json) printJson(io, { ...shown(made.row), token: made.token });
        else {
          printText(io, made.token);
          io.err('This is the only time that it is shown; what is kept is its hash.\n');
        }
      }),
    );

  token
    .command('list')
    .description('tokens with role, workspaces and expiry; never the tokens themselves')
    .action(
      run(async ({ app, io, flags }) => {
        const { operations, now } = await depsOf(app);
        const tokens = await operations.tokens();
        if (flags.json) printJson(io, { tokens: tokens.map(shown) });
        else if (tokens.length === 0) printText(io, 'No token yet. Make one: plumbline token add first --role admin');
        else printText(io, tokens.map((each) => lineOf(each, now)).join('\n'));
      }),
    );

  token
    .command('revoke <id>')
    .description(
      'revoke a token by its id, or by its name where only one has it; it and all that it made stop working at once',
    )
    .action(
      run(async ({ app, io, flags }, id: string) => {
        const act = { actor: 'cli', action: 'token.revoke', workspace: null, subject: id, detail: {} };
        const revoked = await audited(act, await cliAudit(app), async () => revokeToken(id, await depsOf(app)));
        if (flags.json) printJson(io, shown(revoked));
        else printText(io, `The token ${revoked.id} (${revoked.name}) is revoked.`);
      }),
    );
};
