import { z } from 'zod';
import { NOTICE_KINDS, NoticeKind } from '../../domain/operations.ts';
import { ownOnly, type RegisterRoutes } from '../types.ts';
import { PROBLEMS } from '../wire.ts';

/** What each kind of notice tells. */
const MEANINGS: Readonly<Record<NoticeKind, string>> = {
  stage_changed: 'The stage of the shown model is another one than in the snapshot before.',
  assured_stage_changed: 'The stage that is assured is another one.',
  conflict_found: 'Answers and records of a statement disagree, and did not before.',
  verdict_changed: 'The headline of a model of any kind is another one.',
  sync_broken: 'A connection could not be read.',
  sync_restored: 'A connection that could not be read can be again.',
  data_stale: 'The newest data of a connection are older than notify.stale_after.',
  run_failed: 'A run was given up.',
  answers_expiring: 'Answers expire within days.',
};

const RUN_EVENTS = {
  progress: 'The run is in another state, or further on.',
  end: 'The run has ended; no further event follows.',
} as const;

export const eventRoutes: RegisterRoutes = (app) => {
  app.get(
    '/v1/event-kinds',
    {
      config: { access: ownOnly('viewer') },
      schema: {
        tags: ['notices'],
        summary: 'Everything that this server may tell: notices, events of a run, actions in the audit log',
        response: {
          200: z.strictObject({
            notices: z.array(z.strictObject({ kind: NoticeKind, meaning: z.string() })),
            run_events: z.array(z.strictObject({ event: z.enum(['progress', 'end']), meaning: z.string() })),
            audit_actions: z.array(z.string()),
          }),
          ...PROBLEMS,
        },
      },
    },
    async () => ({
      notices: NOTICE_KINDS.map((kind) => ({ kind, meaning: MEANINGS[kind] })),
      run_events: (['progress', 'end'] as const).map((event) => ({ event, meaning: RUN_EVENTS[event] })),
      audit_actions: [...new Set(app.routeEntries.flatMap(({ audit }) => (audit === null ? [] : [audit])))].sort(),
    }),
  );
};
