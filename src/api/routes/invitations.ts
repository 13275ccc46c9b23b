import { z } from 'zod';
import { PersonId, RoleName } from '../../domain/free-text.ts';
import { type Invitation, stateOf } from '../../domain/invitation.ts';
import { respondents } from '../../pipeline/assess.ts';
import { invite } from '../../pipeline/invitations.ts';
import { withStore } from '../../pipeline/with-store.ts';
import type { ApiDeps } from '../deps.ts';
import { callerOf } from '../guard.ts';
import { unknownThing } from '../problem.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InvitationView, InWorkspace, PROBLEMS, RespondentView } from '../wire.ts';

const tags = ['invitations'];
const invitations = '/v1/workspaces/:workspace/invitations';

function viewOf({ hash: _kept, ...row }: Invitation, now: Date): InvitationView {
  return { ...row, state: stateOf(row, now) };
}

/** Who has answered what counts now, of each model that somebody was asked about. */
async function progressOf(
  workspace: string,
  models: ReadonlySet<string>,
  deps: ApiDeps,
): Promise<z.infer<typeof RespondentView>[]> {
  return withStore(deps, workspace, async ({ ledger }) => {
    const found: z.infer<typeof RespondentView>[] = [];
    for (const model of models) {
      const questionnaire = await deps.questionnaire(model);
      for (const one of await respondents({ ledger, questionnaire, now: deps.clock.now() }))
        found.push({ ...one, former_roles: [...one.former_roles], model, questions: questionnaire.items.length });
    }
    return found;
  });
}

export const invitationRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;

  app.get(
    invitations,
    {
      config: { access: inWorkspace('operator') },
      schema: {
        tags,
        summary: 'Who was asked to answer, and who has; never the links',
        params: InWorkspace,
        response: {
          200: z.strictObject({ invitations: z.array(InvitationView), respondents: z.array(RespondentView) }),
          ...PROBLEMS,
        },
      },
    },
    async ({ params: { workspace } }) => {
      const rows = await operations.invitations(workspace);
      const now = deps.clock.now();
      const known = new Set((await deps.models()).map(({ model }) => model.id));
      const models = new Set([deps.config.model, ...rows.map(({ model }) => model).filter((id) => known.has(id))]);
      return {
        invitations: rows.map((row) => viewOf(row, now)),
        respondents: await progressOf(workspace, models, deps),
      };
    },
  );

  app.post(
    invitations,
    {
      config: { access: inWorkspace('operator'), audit: 'invitation.add' },
      schema: {
        tags,
        summary: 'Invite a respondent; the reply is the only place where the link is shown',
        description: 'Whoever opens the link first answers as this respondent and sees nothing else. It opens once.',
        params: InWorkspace,
        body: z.strictObject({
          respondent: PersonId.describe('Seat or initials, never an address, e.g. lead-1'),
          role: RoleName.describe('e.g. support_lead'),
          model: z.string().max(100).optional().describe('Default: the configured one'),
          expires_in_days: z.int().min(1).max(90).default(14),
        }),
        response: { 201: InvitationView.extend({ link: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { respondent, role, model, expires_in_days: days } = request.body;
      const { workspace } = request.params;
      const asked = await deps.questionnaire(model);
      const now = deps.clock.now();
      const { secret, row } = await invite(
        { workspace, model: asked.model.id, respondent, role, days, by: callerOf(request).id },
        { operations, now, randomBytes: deps.randomBytes },
      );
      request.auditNote = { subject: row.id, detail: { respondent, role, expires_at: row.expires_at.toISOString() } };
      const base = deps.config.serve.public_url ?? `http://${request.headers.host ?? 'localhost'}`;
      // Behind the hash, so that the secret is in no log of a proxy and no preview of a chat opens it.
      const link = `${base.replace(/\/$/, '')}/invitation#${secret}`;
      return reply.code(201).send({ ...viewOf(row, now), link });
    },
  );

  app.delete(
    `${invitations}/:id`,
    {
      config: { access: inWorkspace('operator'), audit: 'invitation.revoke' },
      schema: {
        tags,
        summary: 'Revoke an invitation; its link and the session of its respondent end, the answers stay',
        params: InWorkspace.extend({ id: z.string().max(64) }),
        response: { 200: InvitationView, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id } }) => {
      const now = deps.clock.now();
      const revoked = await operations.revokeInvitation(workspace, id, now);
      if (revoked === null) throw unknownThing('invitation', id, `/v1/workspaces/${workspace}/invitations`);
      return viewOf(revoked, now);
    },
  );
};
