import type { EarlyContext } from './pages.ts';

/** A tag as it is kept: in clear when the settings allow it, else as keyed hash. */
export function keptTag(context: EarlyContext, tag: string): string {
  const clear = context.settings.clearTags.some((pattern) =>
    pattern.endsWith('*') ? tag.startsWith(pattern.slice(0, -1)) : tag === pattern,
  );
  return clear ? tag : context.pseudonymise('tag', tag);
}
