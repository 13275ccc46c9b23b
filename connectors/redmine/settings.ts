import { z } from 'zod';
import { STATUSES } from '../../src/domain/telemetry.ts';
import type { EarlyContext } from '../../src/kit/declare-connector.ts';
import { CodeFields, TeamLines, TeamPurposes, TypedId, usual } from '../../src/kit/usual-settings.ts';

const Names = z.array(TypedId).default([]);

/** Settings of one Redmine. Holds no secret; ids are those of the vendor's own addresses. Descriptions are shown where a form is drawn from it. */
export const Settings = z.strictObject({
  url: z
    .string()
    .min(1)
    .meta({ title: 'Address', description: '`https://redmine.example.com`, with its path if it has one.' }),
  projects: Names.meta({
    title: 'Projects',
    description: 'Identifiers or ids of the support projects to read; none = all that the key may see.',
  }),
  projectsAre: z.enum(['desks', 'customers', 'teams']).default('desks').meta({
    title: 'What a project is',
    description: '`desks`: one brand or desk each; `customers`: one customer each; `teams`: one team or queue each.',
  }),
  since: usual.since('Issues', 'the Redmine'),
  agentRoles: Names.meta({
    title: 'Roles of agents',
    description: 'Names or ids of the roles that the support team has; none = the roles that may edit issues.',
  }),
  statuses: z.record(z.string(), z.enum(STATUSES)).default({}).meta({
    title: 'Statuses',
    description: 'Category by id of the status, for those that their names do not tell.',
  }),
  priorities: z.record(z.string(), z.int().min(1).max(4)).default({}).meta({
    title: 'Priorities',
    description: 'Rank (1 most urgent .. 4) by id of the priority; else names and their order count.',
  }),
  fields: CodeFields.prefault({}).meta({
    title: 'Custom fields',
    description:
      'Ids or names of the issue fields with these codes; without them list fields are recognised by their names.',
  }),
  tierField: TypedId.optional().meta({
    title: 'Tier',
    description: 'Id or name of the project field with the customer tier, where projects are customers.',
  }),
  tierOrder: usual.tierOrder('Tiers'),
  groupPurposes: TeamPurposes.meta({
    title: 'Purpose of teams',
    description: 'By id of the group, or `project:<id>`; others are read from their names.',
  }),
  groupTiers: TeamLines.meta({
    title: 'Line of teams',
    description: 'Line of support by id of the group, or `project:<id>`; others are read from their names.',
  }),
  machineUsers: usual.programs('users'),
  timeIsBillable: z.boolean().default(false).meta({
    title: 'Time is billable',
    description: 'Whether the time spent on an issue counts as billed to the customer.',
  }),
});
export type Settings = z.infer<typeof Settings>;
export type Early = EarlyContext<Settings>;
