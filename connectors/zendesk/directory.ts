import type { z } from 'zod';
import type { SetAside } from '../../src/domain/observability.ts';
import { isDeadCredentials } from '../../src/errors/dead-credentials.ts';
import { PlumblineError } from '../../src/errors/plumbline-error.ts';
import { orRefusal } from '../../src/kit/capability.ts';
import { byId } from '../../src/kit/feed/read-all.ts';
import { parseEach } from '../../src/kit/parse-each.ts';
import type { ReplyPromise } from '../../src/kit/read-promise.ts';
import { looksLikeMachine } from '../../src/kit/recognise-program.ts';
import { brandSchedules } from './brand-schedules.ts';
import { type EarlyContext, listAll } from './pages.ts';
import { type MappedField, mapOrganisationFields, mapTicketFields, type OrganisationKeys } from './recognise.ts';
import {
  CustomRole,
  CustomStatus,
  Group,
  Membership,
  OrganisationField,
  Rule,
  TicketField,
  User,
} from './schema-config.ts';
import { promiseOf, tellsRequester } from './tells.ts';

/** What the mapping of records has to know about the account. Held for one run; names in it are used to recognise things, never kept. */
export interface Directory {
  /** Null when the account does not let us list its agents: then authors cannot be told apart. */
  readonly agents: ReadonlyMap<string, User> | null;
  /** Those that were asked for by their role and do not say it: agents, or not. */
  readonly unsure: ReadonlySet<string>;
  readonly lightRoles: ReadonlySet<string>;
  readonly machines: ReadonlySet<string>;
  readonly groups: readonly Group[];
  readonly memberships: readonly { user_id: string; group_id: string }[];
  readonly fields: ReadonlyMap<string, TicketField>;
  readonly mapped: ReadonlyMap<string, MappedField>;
  readonly statuses: ReadonlyMap<string, { readonly category: string; readonly label: string | null }>;
  readonly organisationFields: ReadonlyMap<string, OrganisationField>;
  readonly organisationKeys: OrganisationKeys;
  /** Schedule that a rule of the account gives to every ticket of a brand, by brand id. */
  readonly brandSchedules: ReadonlyMap<string, string>;
  /** Reply times that notifications to requesters state, by rule id: the event log does not always carry their text. */
  readonly notifiers: ReadonlyMap<string, ReplyPromise | null>;
  /** Lists that the account refuses, by their key: what rests on them is unknown. */
  readonly refused: ReadonlySet<string>;
  /** Records of the directory that could not be read; the stream of people reports them. */
  readonly rejected: readonly SetAside[];
  /** Lists that broke, by their key: whatever needs one fails or waits (`requireParts`), the rest goes on without it. */
  readonly broken: ReadonlyMap<string, PlumblineError>;
}

/** Throws when one of these lists broke, or when agents may not be listed though they are asked for: what rests on it must not be read without it. */
export function requireParts(directory: Directory, keys: readonly string[]): void {
  for (const key of keys) {
    const error = directory.broken.get(key);
    if (error !== undefined) throw error;
  }
}

/** One of these lists broke. */
export function lacksParts(directory: Directory, keys: readonly string[]): boolean {
  return keys.some((key) => directory.broken.has(key));
}

/** Whether the account shows one of these lists. */
export function shows(key: string) {
  return async ({ directory }: { readonly directory: () => Promise<Directory> }): Promise<boolean> =>
    !(await directory()).refused.has(key);
}

/** Lists that have a stream of their own, which reports what cannot be read. */
const REPORTED_ELSEWHERE = new Set(['ticket_fields', 'triggers']);

/** Every part that may not be read is simply empty. Errors: those of the list of agents, and limits. */
export async function loadDirectory(context: EarlyContext): Promise<Directory> {
  const { settings } = context;
  const rejected: SetAside[] = [];
  const broken = new Map<string, PlumblineError>();
  const refused = new Set<string>();
  const list = async <T>(path: string, key: string, schema: z.ZodType<T>): Promise<T[]> => {
    try {
      const found = await readable(context, rejected, path, key, schema);
      if (found === null) refused.add(key);
      return found ?? [];
    } catch (error) {
      if (!isVendorFault(error)) throw error;
      broken.set(key, error);
      return [];
    }
  };
  const users = await readable(context, rejected, '/users', 'users', User, { 'role[]': ['agent', 'admin'] });
  const roles = await list('/custom_roles', 'custom_roles', CustomRole);
  const fields = await list('/ticket_fields', 'ticket_fields', TicketField);
  const statuses = await list('/custom_statuses', 'custom_statuses', CustomStatus);
  const organisationFields = await list('/organization_fields', 'organization_fields', OrganisationField);
  const triggers = await list('/triggers', 'triggers', Rule);
  const agents = byId(users?.filter(isAgent) ?? null);
  return {
    agents,
    unsure: new Set(users?.filter(({ role }) => role === null).map(({ id }) => id)),
    lightRoles: new Set(
      roles.filter((role) => role.role_type === 1 || role.configuration?.light_agent === true).map((role) => role.id),
    ),
    machines: new Set([
      ...settings.machineUsers,
      ...[...(agents?.values() ?? [])].filter((user) => looksLikeMachine(user.name)).map((user) => user.id),
    ]),
    groups: await list('/groups', 'groups', Group),
    memberships: await list('/group_memberships', 'group_memberships', Membership),
    fields: byId(fields),
    mapped: mapTicketFields(settings, fields),
    statuses: new Map(statuses.map((s) => [s.id, { category: s.status_category, label: s.agent_label }])),
    organisationFields: new Map(organisationFields.map((field) => [field.key, field])),
    organisationKeys: mapOrganisationFields(settings, organisationFields),
    notifiers: new Map(triggers.flatMap((rule) => notifierOf(rule))),
    brandSchedules: brandSchedules(settings, triggers),
    refused,
    rejected,
    broken,
  };
}

/** The vendor's own fault in one list; limits and dead credentials end more than the list. */
function isVendorFault(error: unknown): error is PlumblineError {
  return error instanceof PlumblineError && error.kind === 'vendor' && !isDeadCredentials(error);
}

function isAgent(user: User): boolean {
  return user.role === 'agent' || user.role === 'admin';
}

function notifierOf(rule: Rule): [string, ReplyPromise | null][] {
  const told = rule.actions.filter(tellsRequester);
  if (told.length === 0) return [];
  return [[rule.id, told.map(promiseOf).find((promise) => promise !== null) ?? null]];
}

/** Rows of a list, or null when the account refuses it (twice). Records that cannot be read are noted. */
async function readable<T>(
  context: EarlyContext,
  rejected: SetAside[],
  path: string,
  key: string,
  schema: z.ZodType<T>,
  query: Record<string, readonly string[]> = {},
): Promise<T[] | null> {
  const { found } = await orRefusal(() => listAll(context, path, key, query), [403, 404, 410, 422]);
  if (found === null) return null;
  const parsed = parseEach(schema, found, 'people');
  if (!REPORTED_ELSEWHERE.has(key)) rejected.push(...parsed.rejected);
  return parsed.kept;
}

/** The user belongs to the support organisation now or did before; null when that cannot be known. */
export function isStaff(directory: Directory, formerAgents: readonly string[], userId: string | null): boolean | null {
  if (userId === null) return false;
  if (formerAgents.includes(userId) || directory.machines.has(userId)) return true;
  return directory.agents === null || directory.unsure.has(userId) ? null : directory.agents.has(userId);
}
