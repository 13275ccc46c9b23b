import type { TelemetryRecord } from '../../src/domain/telemetry.ts';
import { blank } from '../../src/kit/blank.ts';
import type { Context } from './account.ts';
import type { Project, WikiPage } from './schema.ts';

/** The vendor gives pages no id but their title, which is text of people. */
export function articleId({ pseudonymise }: Pick<Context, 'pseudonymise'>, project: string, title: string): string {
  return `${project}:${pseudonymise('reference', `wiki/${title}`)}`;
}

/** A title as the vendor keeps it: `how to log in` names the page `How_to_log_in`. */
export function titleOf(text: string): string {
  const kept = text
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[,./?;|:]/g, '');
  return kept.slice(0, 1).toUpperCase() + kept.slice(1);
}

/** The list of pages tells neither who wrote one nor who may read it: what is in a public project is public. */
export function toArticle(page: WikiPage, project: Project, context: Context): TelemetryRecord<'article'> {
  return {
    ...blank('article'),
    id: articleId(context, project.id, page.title),
    created_at: page.created_on,
    edited_at: page.updated_on,
    published: true,
    // Versions before 2.6 do not say.
    public: project.is_public,
    category: project.id,
  };
}
