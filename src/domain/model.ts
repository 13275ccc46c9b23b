import { z } from 'zod';

/** Classes of evidence: D = a fact of configuration, B = behaviour in recorded events, W = a weak hint. See docs/method.md. */
export const EvidenceClass = z.enum(['D', 'B', 'W']);
export type EvidenceClass = z.infer<typeof EvidenceClass>;
export const Role = z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/);

/** Id of something that can be asked, evidenced and explained; no slash, which parts area and stage in the ledger. */
export const ItemId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,40}$/, 'is written in letters, digits, dots and hyphens');
export const ModelId = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'is written in small letters, digits and hyphens');

export const FamilySignal = z.strictObject({
  id: z.string(),
  /** Share of the signal inside its family; fixed, never renormalised over what is present. */
  alpha: z.number().gt(0).lte(1),
  existence_only: z.boolean().optional(),
  /** Speaks to level 3 alone: whoever is at level 1 may have it too, and level 2 may lack it. */
  full_only: z.boolean().optional(),
  /** What level 2 may lack: passing its line for "partly" shows that the practice exists, failing it speaks against level 3 alone. */
  exists_one_sided: z.boolean().optional(),
  one_sided: z.boolean().optional(),
});

export const Family = z.strictObject({
  /** Same stream and same construct for this item. */
  name: z.string(),
  class: EvidenceClass,
  signals: z.array(FamilySignal).min(1),
});

/** A model that another one was made from: what it was when it was read. */
export const BaseModel = z.strictObject({ id: ModelId, version: z.int().positive(), hash: z.string() });
export type BaseModel = z.infer<typeof BaseModel>;

/** Fields that models of every kind begin with; a kind adds `kind: z.literal(...)` and its own. */
export const MODEL_HEAD = {
  id: ModelId,
  version: z.int().positive(),
  title: z.string(),
  /** Named, never quoted. */
  source: z.string(),
  interpretation: z.string(),
  /** What the source does not confirm and is ours, one sentence each; empty when all of it stands in the source. */
  assumed: z.array(z.string()).default([]),
  /** What an overlay was made from, nearest first; set by the loader, never written by hand. */
  extends: z.array(BaseModel).optional(),
} as const;

/** What may be read of a model whatever its kind (rules/models/*.yaml; the key `kind` tells the rest of the shape). */
export interface ModelHead {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly source: string;
  readonly interpretation: string;
  readonly assumed: readonly string[];
  readonly extends?: readonly BaseModel[] | undefined;
}

/** How an item is answered: not there, partly or fully; yes or no; or how much it matters, 1 (least) to 5 (most). */
export const ITEM_SCALES = ['level3', 'yes_no', 'importance5'] as const;

/** Something that can be asked, evidenced and explained, whatever the kind of the model. */
export interface ModelItem {
  readonly id: string;
  readonly name: string;
  readonly statement: string;
  readonly scale: (typeof ITEM_SCALES)[number];
  /** Signals that speak for it; empty = only people can. */
  readonly signals: readonly string[];
  readonly ask: readonly string[];
  /** What would prove a claim that cannot be seen; null where the model does not say. */
  readonly proof: string | null;
  /** What each level looks like; null for items without levels. */
  readonly levels: Readonly<Record<1 | 2 | 3, string>> | null;
  /** One item of a set may be declared not applicable; null = none may. */
  readonly set: number | null;
}
