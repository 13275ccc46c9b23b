import type { TelemetryRecord } from '../../domain/telemetry.ts';
import { blank } from '../blank.ts';
import { looksLikeMachine } from '../recognise-program.ts';
import { departmentOfTeams, purposeOf, tierOfName } from '../recognise-team.ts';

type Team = TelemetryRecord<'team'>;
type Agent = TelemetryRecord<'agent'>;

/** What people stated of teams and users; it goes before what names say. */
export interface Stated {
  readonly purposes: Readonly<Record<string, Team['purpose']>>;
  readonly lines: Readonly<Record<string, number>>;
  readonly programs: readonly string[];
}

/** Somebody or something with a name, which is looked at and dropped. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

/** A group or queue: what it is for and its line of support, as stated, else by its name. */
export function toTeam({ id, name, active = true }: Named & { readonly active?: boolean }, stated: Stated): Team {
  return { id, active, purpose: stated.purposes[id] ?? purposeOf(name), tier: stated.lines[id] ?? tierOfName(name) };
}

/** An account of the desk that is a program: as stated, else by its name. */
export function isProgram({ id, name }: Named, { programs }: Pick<Stated, 'programs'>): boolean {
  return programs.includes(id) || looksLikeMachine(name);
}

/** What a connector knows of somebody at the desk. */
interface AgentFacts extends Named {
  /** Null = the vendor does not say. */
  readonly role: Agent['role'];
  readonly active: boolean;
  /** Teams that the person belongs to; none = no department is known. */
  readonly teams: readonly Named[];
  readonly created_at?: Date | null;
  /** The vendor itself says that it is a program. */
  readonly program?: boolean;
}

/**
 * A member of the desk. A program is an integration, whatever its seat; of somebody without a name who is called no program it is not known. A department
 * is known when all teams of a person agree.
 */
export function toAgent(facts: AgentFacts, stated: Stated): Agent {
  const program = facts.program === true || isProgram(facts, stated);
  return {
    ...blank('agent'),
    id: facts.id,
    role: program ? 'integration' : facts.role,
    department: departmentOfTeams(facts.teams.map((team) => toTeam(team, stated).purpose)),
    active: facts.active,
    human: program ? false : facts.name === null ? null : true,
    created_at: facts.created_at ?? null,
  };
}

/** Who is in which team, each pair once. */
export function toMemberships(
  pairs: readonly (readonly [agent: string, team: string])[],
): TelemetryRecord<'membership'>[] {
  const each = new Map(
    pairs.map(([agent, team]) => [JSON.stringify([agent, team]), { agent_id: agent, team_id: team }]),
  );
  return [...each.values()];
}
