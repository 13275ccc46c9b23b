import type { Answer } from '../domain/assessment.ts';
import type { BaseModel } from '../domain/model.ts';
import type { NotApplicable } from '../domain/not-applicable.ts';
import type { Ledger } from '../store/ports.ts';

/** A model as far as answers are concerned. */
interface Voiced {
  readonly model: { readonly id: string; readonly extends?: readonly BaseModel[] | undefined };
  readonly items: readonly { readonly id: string }[];
}

/** Models whose answers speak for a model: itself, then what it extends, nearest first. */
export function voicesOf({ id, extends: bases = [] }: Voiced['model']): string[] {
  return [id, ...bases.map((base) => base.id)];
}

/**
 * Every answer ever given to a model. An overlay reads those given to its base by the id of the item, where nobody has answered that item of its own;
 * they come as answers to the overlay. Items that the overlay does not have are left out.
 */
export async function answersTo(
  ledger: Pick<Ledger, 'answers'>,
  { model, items: listed }: Voiced,
): Promise<readonly Answer[]> {
  const [own, ...bases] = voicesOf(model);
  const given = [...(await ledger.answers(own ?? model.id))];
  if (bases.length === 0) return given;
  const items = new Set(listed.map(({ id }) => id));
  for (const base of bases) {
    const answered = new Set(given.map(({ criterion }) => criterion));
    const further = await ledger.answers(base);
    given.push(
      ...further
        .filter(({ criterion }) => items.has(criterion) && !answered.has(criterion))
        .map((answer) => ({ ...answer, model: model.id })),
    );
  }
  return given;
}

/** What was declared not to apply to a model; where nothing was, an overlay reads what was declared of its nearest base that has something. */
export async function notApplicableTo(
  ledger: Pick<Ledger, 'notApplicable'>,
  { model, items: listed }: Voiced,
): Promise<readonly NotApplicable[]> {
  const items = new Set(listed.map(({ id }) => id));
  for (const id of voicesOf(model)) {
    const declared = (await ledger.notApplicable(id)).filter(
      ({ criterion }) => id === model.id || items.has(criterion),
    );
    if (declared.length > 0) return declared;
  }
  return [];
}
