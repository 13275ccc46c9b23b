import { StagedModel } from '../domain/staged-model.ts';
import type { StagedReading } from '../domain/staged-reading.ts';
import type { Ledger } from '../store/ports.ts';

interface ModelOfSnapshot {
  readonly model: StagedModel;
  /** What is to be said where it is not the document that the snapshot was judged by; null where it is. */
  readonly note: string | null;
}

/**
 * The model with the names and statements that a kept snapshot was judged by. Where the document was never kept, as of every snapshot of schema
 * 1, or where this version does not read it any more, it is the model as it is today, with a note; only a document that is today's needs none.
 */
export async function modelOfSnapshot(
  ledger: Pick<Ledger, 'modelDocument'>,
  { provenance: { model_hash }, model: { id, version }, as_of }: Pick<StagedReading, 'provenance' | 'model' | 'as_of'>,
  today: { readonly model: StagedModel; readonly hash: string },
): Promise<ModelOfSnapshot> {
  if (model_hash === today.hash) return { model: today.model, note: null };
  const document = await ledger.modelDocument(model_hash);
  const kept = document === null ? null : StagedModel.safeParse(JSON.parse(document.text));
  if (kept?.success === true) return { model: kept.data, note: null };
  const why = kept === null ? 'was not kept' : 'is not read by this version';
  return {
    model: today.model,
    note: `The snapshot of ${as_of.slice(0, 10)} was judged by version ${version} of ${id}, whose document ${why}: names and statements are those of today, version ${today.model.version}.`,
  };
}
