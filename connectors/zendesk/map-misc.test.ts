import { expect, it } from 'vitest';
import { toArticle } from './map-misc.ts';
import { Article } from './schema-config.ts';

it('does not know whether an article is published that does not say whether it is a draft', () => {
  const of = (more: object) =>
    toArticle(Article.parse({ id: 1, created_at: '2026-03-01T09:00:00Z', ...more })).published;
  expect([of({ draft: true }), of({ draft: false }), of({})]).toEqual([false, true, null]);
});
