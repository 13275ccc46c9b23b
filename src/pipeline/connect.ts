import type { ConnectionRole, VendorRole } from '../domain/connection-role.ts';
import { hiddenAt } from '../domain/free-text.ts';
import { WorkspaceName } from '../domain/operations.ts';
import { PlumblineError } from '../errors/index.ts';
import type { Capability, FormerAgent, Identity } from '../kit/connector.ts';
import type { ConnectionRow, Ledger, TelemetryStore } from '../store/ports.ts';
import type { OpenConnection, OpensConnections } from './open-connection.ts';

interface ProbedStream {
  readonly stream: string;
  readonly title: string;
  readonly capability: Capability;
}

export interface ConnectionCheck {
  readonly connection: string;
  readonly vendor: string;
  readonly identity: Identity;
  /** Server clock minus ours, seconds; large values mislead nobody (we use the server's) but hint at a wrong local clock. */
  readonly clockSkewS: number;
  readonly streams: readonly ProbedStream[];
}

/** Asks who we are at the vendor and what we may read there. Writes nothing. */
export async function checkConnection(open: OpenConnection, now: Date): Promise<ConnectionCheck> {
  const identity = await open.connector.identify(open.context);
  const context = { ...open.context, until: identity.serverNow };
  const streams: ProbedStream[] = [];
  for (const stream of open.connector.streams)
    streams.push({ stream: stream.id, title: stream.title, capability: await open.connector.probe(stream, context) });
  return {
    connection: open.row.name,
    vendor: open.connector.id,
    identity,
    // A folder has no clock: its time is that of its newest row.
    clockSkewS:
      open.connector.client === undefined ? Math.round((identity.serverNow.getTime() - now.getTime()) / 1000) : 0,
    streams,
  };
}

/** People whom the connection's log shows to have belonged to the desk though it no longer lists them; empty when it does not look for them. */
export async function findFormerAgents(
  open: OpenConnection,
  telemetry: TelemetryStore,
): Promise<readonly FormerAgent[]> {
  return open.connector.formerAgents?.(await telemetry.checkpoints(open.row.name)) ?? [];
}

/** A connection to be kept; role null = as it was, a desk when it is new. */
export type NewConnection = Omit<ConnectionRow, 'role'> & { readonly role: VendorRole | null };

interface ConnectDeps {
  readonly ledger: Ledger;
  readonly telemetry: Pick<TelemetryStore, 'checkpoints'>;
  readonly open: OpensConnections;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/**
 * Verifies a new connection against the live helpdesk and only then keeps it; an existing one of that name is updated, its data stay.
 * Errors: BAD_USAGE (name, hidden character in a setting, a vendor that does not show what the role is for, a beginning before what was read), those of opening and identify.
 */
export async function connectHelpdesk(asked: NewConnection, deps: ConnectDeps): Promise<ConnectionCheck> {
  const existing = (await deps.ledger.connections()).find((c) => c.name === asked.name);
  const row: ConnectionRow = { ...asked, role: asked.role ?? existing?.role ?? 'desk' };
  if (!WorkspaceName.safeParse(row.name).success)
    throw new PlumblineError(
      'BAD_USAGE',
      `The connection name "${row.name}" cannot be used.`,
      'Use lower-case letters, digits, - and _, e.g. --name main-desk.',
    );
  const hidden = hiddenAt(row.settings);
  if (hidden !== null)
    throw new PlumblineError(
      'BAD_USAGE',
      `The setting ${hidden} holds a control or bidirectional character.`,
      'Type it again without it.',
    );
  if (existing !== undefined && existing.vendor !== row.vendor)
    throw new PlumblineError(
      'BAD_USAGE',
      `The connection ${row.name} already exists for ${existing.vendor}.`,
      'Choose another --name.',
    );
  if (existing !== undefined && (await deps.telemetry.checkpoints(row.name)).size > 0) assertNotEarlier(existing, row);
  const open = await deps.open(row, deps.signal);
  try {
    assertFits(open, row.role);
    const check = await checkConnection(open, deps.now);
    await deps.ledger.saveConnection({ ...row, created_at: existing?.created_at ?? row.created_at });
    return check;
  } finally {
    open.close();
  }
}

/** Syncs go on from where the last one ended, so that what lies before the first would stay unread in silence. */
function assertNotEarlier({ settings: { since: before } }: ConnectionRow, { name, settings }: ConnectionRow): void {
  if (typeof before !== 'string' || (typeof settings.since === 'string' && settings.since >= before)) return;
  throw new PlumblineError(
    'BAD_USAGE',
    `The connection ${name} was read from ${before} on, and its syncs go on from where the last one ended: what lies before would not be read.`,
    `Keep since=${before}, or remove what was read (plumbline disconnect ${name} --forget) and connect again.`,
  );
}

/** What a connection beside the desks is read for. */
const READ_FOR = {
  engineering: { stream: 'tickets', word: 'tickets', others: 'an issue tracker' },
  customers: { stream: 'organisations', word: 'organisations', others: 'a record of customers (CRM)' },
} as const;

function assertFits({ connector }: OpenConnection, role: ConnectionRole): void {
  if (role === 'desk') return;
  if (role === 'deflection')
    throw new PlumblineError(
      'BAD_USAGE',
      'A connection of that name holds counts of self-service from a file.',
      'Choose another --name for the account.',
    );
  const { stream, word, others } = READ_FOR[role];
  if (connector.streams.some(({ provides }) => provides[stream] !== undefined)) return;
  throw new PlumblineError(
    'BAD_USAGE',
    `${connector.title} shows no ${word} and cannot be connected as ${role}.`,
    `Connect ${others} so, or leave out --as ${role}.`,
  );
}
