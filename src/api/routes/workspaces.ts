import { z } from 'zod';
import { WorkspaceName } from '../../domain/operations.ts';
import { PlumblineError } from '../../errors/index.ts';
import { opensWorkspace } from '../../pipeline/access-tokens.ts';
import { callerOf } from '../guard.ts';
import { fleetOnly, ownOnly, type RegisterRoutes } from '../types.ts';
import { PROBLEMS } from '../wire.ts';

const tags = ['workspaces'];

export const workspaceRoutes: RegisterRoutes = (app, { operations }) => {
  app.get(
    '/v1/workspaces',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags,
        summary: 'Workspaces that the token opens',
        response: { 200: z.strictObject({ workspaces: z.array(z.string()) }), ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const all = await operations.workspaces();
      return { workspaces: all.filter((name) => opensWorkspace(caller, name)).sort() };
    },
  );

  app.post(
    '/v1/workspaces',
    {
      config: { access: fleetOnly('admin'), audit: 'workspace.add' },
      schema: {
        tags,
        summary: 'Add a workspace',
        body: z.strictObject({ name: WorkspaceName }),
        response: { 201: z.strictObject({ name: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { name } = request.body;
      request.auditNote = { workspace: name, subject: name };
      if ((await operations.workspaces()).includes(name))
        throw new PlumblineError('WRONG_STATE', `The workspace ${name} is already there.`, 'Choose another name.');
      await operations.addWorkspace(name);
      return reply.code(201).send({ name });
    },
  );
};
