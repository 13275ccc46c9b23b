import type { ModelHead } from '../../domain/model.ts';
import type { SignalDefinition } from '../../domain/signal.ts';
import { PlumblineError } from '../../errors/index.ts';
import type { ModelKinds } from '../load-model.ts';

/** Checks the finished document of an overlay by the schema and the lint of its kind; problems at places of the overlay. */
export function finishOverlay<M extends ModelHead>(
  document: Record<string, unknown>,
  kinds: ModelKinds,
  signals: readonly SignalDefinition[],
  place: (path: readonly PropertyKey[]) => string,
): { readonly model: M | null; readonly problems: readonly string[] } {
  const reader = kinds[String(document.kind)];
  if (reader === undefined)
    throw new PlumblineError('BUG', `There is no kind ${String(document.kind)} of models.`, 'Report this.');
  const parsed = reader.schema.safeParse(document);
  if (!parsed.success)
    return {
      model: null,
      problems: parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map(
              (key) =>
                `${place([...issue.path, key])}: unknown key "${key}" in ${issue.path.map(String).join('.') || 'the model'}`,
            )
          : [`${place(issue.path)}: ${issue.path.map(String).join('.')}: ${issue.message}`],
      ),
    };
  const problems = reader.lint(parsed.data, signals).map(({ path, message }) => `${place(path)}: ${message}`);
  // The schema is that of the kind, and the kind is that of the base.
  return { model: problems.length > 0 ? null : (parsed.data as M), problems };
}
