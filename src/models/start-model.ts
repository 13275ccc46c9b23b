import { ModelId } from '../domain/model.ts';
import { PlumblineError } from '../errors/index.ts';

interface StartModel {
  readonly id: string;
  /** Of the start that ships: a template with marks, or a whole model of the kind. */
  readonly text: string;
  readonly base?: { readonly id: string; readonly version: number };
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The text of a model file to start from. Errors: BAD_USAGE for a name that is no id of a model. */
export function startModel({ id, text, base }: StartModel): string {
  if (!ModelId.safeParse(id).success)
    throw new PlumblineError(
      'BAD_USAGE',
      `"${id}" is not a name of a model.`,
      'Write it in small letters, digits and hyphens, e.g. our-desk.',
    );
  return text
    .replaceAll('__ID__', id)
    .replaceAll('__TITLE__', titleOf(id))
    .replaceAll('__BASE__', base?.id ?? '')
    .replaceAll('__BASE_VERSION__', String(base?.version ?? ''));
}

/** A model that ships as a start: its own id, version and title, and the rest as it is. */
export function renameModel(id: string, text: string): string {
  return startModel({
    id,
    text: text
      .replace(/^id: .*$/m, 'id: __ID__')
      .replace(/^version: .*$/m, 'version: 1')
      .replace(/^title: .*$/m, 'title: __TITLE__'),
  });
}
