import { describe, expect, it } from 'vitest';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { SHIPPED_SIGNALS } from '../../../test/harness/staged-subjects.ts';
import { catalogueView } from '../view/catalogue.ts';
import { renderCatalogue } from './render-catalogue.ts';

const view = catalogueView(SIX_STAGE, new Map(SHIPPED_SIGNALS.map((signal) => [signal.id, signal])));
const text = renderCatalogue(view);

describe('renderCatalogue', () => {
  it('holds each statement of the model and each signal, with an id to link to', () => {
    const ids = [...text.matchAll(/<li class="entry" id="([^"]+)"/g)].map(([, id]) => id);
    const wanted = [...SIX_STAGE.criteria.map(({ id }) => id), ...SHIPPED_SIGNALS.map(({ id }) => id)];
    expect(ids.toSorted()).toEqual(wanted.toSorted());
  });

  it('links to nothing outside of itself, and to nothing that is not there', () => {
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id ?? ''}`));
    const links = [...text.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, href]) => href ?? '');
    expect(links.length).toBeGreaterThan(SHIPPED_SIGNALS.length);
    expect(links.filter((href) => !ids.has(href))).toEqual([]);
    expect(text).not.toMatch(/<script|@import|url\(/i);
  });

  it('shows markup in the words of a pack as it is written', () => {
    const [first, ...others] = SHIPPED_SIGNALS;
    if (first === undefined) throw new Error('no signal is shipped');
    const hostile = { ...first, title: '<img src=x onerror=alert(1)>', sql: "select '</code><script>1</script>'" };
    const drawn = renderCatalogue(catalogueView(SIX_STAGE, new Map([hostile, ...others].map((one) => [one.id, one]))));
    expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(drawn).not.toMatch(/<img|<script/);
  });
});
