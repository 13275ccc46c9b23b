import { z } from 'zod';
import { RunKind, Schedule, WorkspaceName } from '../../domain/operations.ts';
import { nextSlot, planSchedule } from '../../pipeline/schedules.ts';
import { callerOf } from '../guard.ts';
import { unknownThing } from '../problem.ts';
import { inWorkspace, type RegisterRoutes } from '../types.ts';
import { InWorkspace, Named, PROBLEMS } from '../wire.ts';

const tags = ['schedules'];

const ScheduleSettings = z.strictObject({
  kind: RunKind.default('snapshot'),
  every: z.string().max(20).optional().describe('Fixed grid in UTC, e.g. 1h, 1d; either this or cron'),
  cron: z.string().max(200).optional().describe('Five fields, wall clock of tz, e.g. "30 6 * * 1-5"'),
  tz: z.string().max(64).optional().describe('IANA time zone of cron; default UTC'),
  jitter: z.string().max(20).optional().describe('Greatest delay, e.g. 5m; default: a tenth of the time between runs'),
  model: z.string().nullable().default(null).describe('null = the configured one'),
  models: z
    .array(z.string())
    .min(1)
    .nullable()
    .default(null)
    .describe('Models that judge; null = all that are switched on'),
  window_days: z.int().min(7).max(1_100).nullable().default(null).describe('null = the configured one'),
});

export const scheduleRoutes: RegisterRoutes = (app, deps) => {
  const { operations } = deps;
  const schedules = '/v1/workspaces/:workspace/schedules';
  const scheduleOf = async (workspace: string, name: string): Promise<Schedule> => {
    const found = (await operations.schedules(workspace)).find((schedule) => schedule.name === name);
    if (found === undefined) throw unknownThing('schedule', name, `/v1/workspaces/${workspace}/schedules`);
    return found;
  };

  app.get(
    schedules,
    {
      config: { access: inWorkspace('viewer') },
      schema: {
        tags,
        summary: 'Schedules',
        params: InWorkspace,
        response: { 200: z.strictObject({ schedules: z.array(Schedule) }), ...PROBLEMS },
      },
    },
    async ({ params }) => ({ schedules: [...(await operations.schedules(params.workspace))] }),
  );

  app.get(
    `${schedules}/:name`,
    {
      config: { access: inWorkspace('viewer') },
      schema: { tags, summary: 'One schedule', params: Named, response: { 200: Schedule, ...PROBLEMS } },
    },
    ({ params }) => scheduleOf(params.workspace, params.name),
  );

  app.put(
    `${schedules}/:name`,
    {
      config: { access: inWorkspace('operator'), audit: 'schedule.save' },
      schema: {
        tags,
        summary: 'Add or replace a schedule; its first run is the next slot from now',
        params: Named,
        body: ScheduleSettings,
        response: { 200: Schedule, ...PROBLEMS },
      },
    },
    async (request) => {
      const { workspace, name } = request.params;
      request.auditNote = { detail: { kind: request.body.kind } };
      if (request.body.model !== null) await deps.model(request.body.model);
      await deps.judging({ models: request.body.models });
      const by = `token:${callerOf(request).id}`;
      const planned = planSchedule({ ...request.body, workspace, name, by }, await operations.now());
      await operations.saveSchedule(planned);
      return planned;
    },
  );

  app.delete(
    `${schedules}/:name`,
    {
      config: { access: inWorkspace('operator'), audit: 'schedule.remove' },
      schema: {
        tags,
        summary: 'Remove a schedule; runs that it caused stay',
        params: Named,
        response: { 200: z.strictObject({ removed: WorkspaceName }), ...PROBLEMS },
      },
    },
    async ({ params: { workspace, name } }) => {
      await scheduleOf(workspace, name);
      await operations.removeSchedule(workspace, name);
      return { removed: name };
    },
  );

  app.post(
    `${schedules}/:name/pause`,
    {
      config: { access: inWorkspace('operator'), audit: 'schedule.pause' },
      schema: {
        tags,
        summary: 'Pause a schedule; slots that pass meanwhile are not missed',
        params: Named,
        response: { 200: Schedule, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, name } }) => {
      const paused = { ...(await scheduleOf(workspace, name)), paused: true };
      await operations.saveSchedule(paused);
      return paused;
    },
  );

  app.post(
    `${schedules}/:name/resume`,
    {
      config: { access: inWorkspace('operator'), audit: 'schedule.resume' },
      schema: {
        tags,
        summary: 'Let a paused schedule go on, from the next slot after now',
        params: Named,
        response: { 200: Schedule, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, name } }) => {
      const schedule = await scheduleOf(workspace, name);
      if (!schedule.paused) return schedule;
      const resumed = { ...schedule, paused: false, next_at: nextSlot(schedule, await operations.now()) };
      await operations.saveSchedule(resumed);
      return resumed;
    },
  );
};
