import { z } from 'zod';
import { isStaged } from '../../domain/staged-model.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { FileReader, MappingProposal, SettledMapping } from '../../kit/file-reader.ts';
import { assertImportName, checkFiles, type FilesToImport, importFiles } from '../../pipeline/import-files.ts';
import type { LossLimit } from '../../pipeline/judge-check.ts';
import { tellImport } from '../../pipeline/tell-import.ts';
import { withStore } from '../../pipeline/with-store.ts';
import { SourceCheckView, sourceCheckView } from '../../report/view/source-check.ts';
import { sayTold } from '../../report/view/told.ts';
import type { Store } from '../../store/ports.ts';
import type { ApiDeps } from '../deps.ts';
import { takeBytes } from '../take-bytes.ts';
import { type Api, endOf, inWorkspace, type RegisterRoutes } from '../types.ts';
import { MOST_BYTES, PART_BYTES, type Upload, type Uploads } from '../uploads.ts';
import { InWorkspace, PROBLEMS, ProposalView, UploadView } from '../wire.ts';

const tags = ['imports'];
const OfUpload = InWorkspace.extend({ id: z.string().max(64) });

const Settled = z.strictObject({
  answers: z
    .record(z.string().max(200), z.union([z.int().min(0), z.string().max(200)]))
    .default({})
    .describe('By id of the open point: the number of an option, from 0, or a text where the point takes one'),
  sheet: z.string().max(200).optional().describe('Of a workbook; left out = the first'),
});
const Mapped = Settled.extend({
  mapping: z
    .string()
    .max(20_000)
    .nullable()
    .default(null)
    .describe('A mapping of your own; null = as proposed and answered'),
  accept_loss: z.boolean().default(false).describe('Go on although more rows are lost than may be'),
});

/** The answers by point. Errors: BAD_USAGE for one that no point of the file takes. */
function answersOf(
  { points }: MappingProposal,
  answers: z.infer<typeof Settled>['answers'],
): Map<string, number | string> {
  for (const [id, answer] of Object.entries(answers)) {
    const point = points.find((one) => one.id === id);
    const read = typeof answer === 'string' ? point?.text?.read(answer) : point?.options[answer as number];
    if (read === undefined)
      throw new PlumblineError('BAD_USAGE', `"${id}" takes no such answer.`, 'Choose an option of the proposal.');
    if ('wrong' in read) throw new PlumblineError('BAD_USAGE', `${point?.question}: ${read.wrong}`, 'Write it anew.');
  }
  return new Map(Object.entries(answers));
}

function proposalView(proposal: MappingProposal, settled: SettledMapping): z.infer<typeof ProposalView> {
  const { mode, preset, looked, notes, unknown, points } = proposal;
  return {
    mode,
    product: preset?.product ?? null,
    looked: { rows: looked.rows, of: looked.of },
    notes: [...notes],
    points: points.map(({ id, target, question, options, samples, text }) => ({
      id,
      target,
      question,
      options: options.map(({ label, evidence }) => ({ label, evidence })),
      samples: [...samples],
      hint: text?.hint ?? null,
    })),
    choices: settled.choices.map(({ target, column, why }) => ({ target, column, why })),
    open: [...settled.open],
    unused: settled.unused.map(({ column, sample, suggestion }) => ({ column, sample, suggestion })),
    unknown: unknown.map(({ target, column, word, n }) => ({ target, column, word, n })),
    mapping: settled.yaml,
  };
}

/** The file under the mapping that is meant. */
async function jobOf(upload: Upload, body: z.infer<typeof Mapped>, reader: FileReader): Promise<FilesToImport> {
  const { sheet } = body;
  const own = { paths: [upload.path], files: [upload.name], sheet };
  const name = `${upload.name}.mapping.yaml`;
  if (body.mapping !== null) return { ...own, mapping: { text: body.mapping, name } };
  const proposal = await reader.proposeMapping([upload.path], { sheet });
  const { yaml } = proposal.settle(answersOf(proposal, body.answers));
  return { ...own, mapping: { text: yaml, name } };
}

/** What the file can tell of the model that is shown, in sentences; none where that model has no stages. */
async function toldOf(name: string, store: Store, deps: ApiDeps): Promise<string[]> {
  const { model } = await deps.anyModel(deps.config.model);
  if (!isStaged(model)) return [];
  const { signals } = await deps.rules();
  const known = { signals, model, connectors: [...deps.connectors.values()] };
  return sayTold(await tellImport(name, store.telemetry, known));
}

function bringRoutes(app: Api, uploads: Uploads): void {
  app.post(
    '/v1/workspaces/:workspace/uploads',
    {
      config: { access: inWorkspace('operator'), audit: 'import.bring' },
      schema: {
        tags,
        summary: 'Begin to bring a file that is to be imported',
        description: `Parts of ${PART_BYTES} bytes follow. The file goes when it was imported, and after an hour.`,
        params: InWorkspace,
        body: z.strictObject({ name: z.string().min(1).max(300), bytes: z.int().min(1) }),
        response: { 201: UploadView, ...PROBLEMS },
      },
    },
    async ({ params, body }, reply) => reply.code(201).send(viewOf(await uploads.begin(params.workspace, body))),
  );

  app.put(
    '/v1/workspaces/:workspace/uploads/:id/parts/:part',
    {
      config: { access: inWorkspace('operator'), audit: 'import.bring', bytes: true },
      bodyLimit: PART_BYTES,
      schema: {
        tags,
        summary: 'The next part of a file, as bytes',
        params: OfUpload.extend({
          part: z.coerce
            .number()
            .int()
            .min(0)
            .max(Math.ceil(MOST_BYTES / PART_BYTES)),
        }),
        response: { 200: UploadView, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id, part }, body }) => {
      if (!Buffer.isBuffer(body))
        throw new PlumblineError('BAD_USAGE', 'A part is bytes.', 'Send it as application/octet-stream.');
      return viewOf(await uploads.add(workspace, id, part, body));
    },
  );

  app.delete(
    '/v1/workspaces/:workspace/uploads/:id',
    {
      config: { access: inWorkspace('operator'), audit: 'import.drop' },
      schema: {
        tags,
        summary: 'Drop a file that was brought',
        params: OfUpload,
        response: { 200: z.strictObject({ id: z.string() }), ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id } }) => {
      await uploads.drop(workspace, id);
      return { id };
    },
  );
}

function viewOf({ id, name, bytes, received, expires_at }: Upload): z.infer<typeof UploadView> {
  return { id, name, bytes, received, part_bytes: PART_BYTES, expires_at };
}

/** Bringing a file and importing it, by the code that `plumbline import` runs. */
export const importRoutes: RegisterRoutes = (app, deps) => {
  const { uploads } = deps;
  app.register(async (inner) => {
    takeBytes(inner as Api);
    bringRoutes(inner as Api, uploads);
  });
  const limitOf = (accepts: boolean): LossLimit => ({
    maxLostShare: deps.config.import.max_lost_share,
    acceptLoss: accepts,
  });

  app.post(
    '/v1/workspaces/:workspace/uploads/:id/proposal',
    {
      config: { access: inWorkspace('operator'), audit: 'import.propose' },
      schema: {
        tags,
        summary: 'What the columns of a file seem to mean, and what the file does not answer',
        description: 'With answers: the proposal after them. Nothing is stored.',
        params: OfUpload,
        body: Settled,
        response: { 200: ProposalView, ...PROBLEMS },
      },
    },
    async ({ params: { workspace, id }, body }) => {
      const { path } = uploads.whole(workspace, id);
      const proposal = await deps.files(workspace).proposeMapping([path], { sheet: body.sheet });
      return proposalView(proposal, proposal.settle(answersOf(proposal, body.answers)));
    },
  );

  app.post(
    '/v1/workspaces/:workspace/uploads/:id/check',
    {
      config: { access: inWorkspace('operator'), audit: 'import.check' },
      schema: {
        tags,
        summary: 'The dry run of an import: what would be stored, left out and changed',
        params: OfUpload,
        body: Mapped,
        response: {
          200: SourceCheckView.extend({
            kept: z.int(),
            refusal: z
              .strictObject({ message: z.string(), problems: z.array(z.string()), remedy: z.string() })
              .nullable()
              .describe('Why an import would be refused; null = it would not'),
          }),
          ...PROBLEMS,
        },
      },
    },
    async ({ params: { workspace, id }, body }, reply) => {
      const reader = deps.files(workspace);
      const job = await jobOf(uploads.whole(workspace, id), body, reader);
      const limit = limitOf(body.accept_loss);
      const { check, refusal } = await checkFiles(job, { reader, limit }, endOf(reply, app.closing));
      return {
        ...sourceCheckView(check),
        kept: check.kept,
        refusal:
          refusal === null
            ? null
            : { message: refusal.message, problems: [...refusal.problems], remedy: refusal.remedy },
      };
    },
  );

  app.post(
    '/v1/workspaces/:workspace/uploads/:id/import',
    {
      config: { access: inWorkspace('operator'), audit: 'import.import' },
      schema: {
        tags,
        summary: 'Import a file that was brought, as the connection of that name; then the file goes',
        params: OfUpload,
        body: Mapped.extend({
          name: z.string().max(63),
          replace: z.boolean().default(false).describe('Remove first what an earlier import of that name left'),
        }),
        response: {
          201: z.strictObject({
            connection: z.string(),
            unchanged: z.boolean().describe('The same content was imported before; nothing was read'),
            rows: z.int(),
            tickets: z.int(),
            written: z.int().describe('Records'),
            older: z.int().describe('Tickets left as stored, since what is stored of them is newer'),
            since: z.date().nullable(),
            until: z.date(),
            tells: z.array(z.string()).describe('What the file can tell, in sentences'),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { workspace, id } = request.params;
      const { name, replace, accept_loss } = request.body;
      request.auditNote = { subject: name, detail: { replace } };
      const upload = uploads.whole(workspace, id);
      const reader = deps.files(workspace);
      const job = await jobOf(upload, request.body, reader);
      const signal = endOf(reply, app.closing);
      const told = await withStore(deps, workspace, async (store) => {
        const { telemetry, ledger } = store;
        await assertImportName(name, ledger);
        const { batch_rows } = deps.config.sync;
        const clock = (): Date => deps.clock.now();
        const parts = { reader, telemetry, ledger, clock, batchRows: batch_rows, progress: () => undefined };
        const done = await importFiles({ ...job, name, replace }, { ...parts, limit: limitOf(accept_loss) }, signal);
        return { done, tells: await toldOf(name, store, deps) };
      });
      await uploads.drop(workspace, id);
      const { connection, unchanged, rows, tickets, written, older, since, until } = told.done;
      return reply
        .code(201)
        .send({ connection, unchanged, rows, tickets, written, older, since, until, tells: told.tells });
    },
  );
};
