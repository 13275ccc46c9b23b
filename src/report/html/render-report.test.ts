import { describe, expect, it } from 'vitest';
import { placedReading } from '../../../test/harness/placed-snapshot.ts';
import { reportView } from '../../../test/harness/report-view.ts';
import { SIX_STAGE } from '../../../test/harness/scored-points.ts';
import { snapshotView } from '../view/snapshot.ts';
import { renderReport } from './render-report.ts';

/** Every string of a value replaced, however deep: what a vendor, a respondent or a pack might have written there. */
function replaceTexts<T>(value: T, by: (text: string) => string): T {
  if (typeof value === 'string') return by(value) as T;
  if (Array.isArray(value)) return value.map((one) => replaceTexts(one, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceTexts(inner, by)])) as T;
}

const TAG = /<\/?([a-z][a-z0-9-]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<>]*")*)\s*\/?>/g;

/** Tags and attributes as a browser would find them; what is left of the text must hold no angle bracket at all. */
function takeApart(text: string): {
  readonly tags: Set<string>;
  readonly attributes: Set<string>;
  readonly rest: string;
} {
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const rest = text
    .replace(/<!doctype html>/, '')
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(TAG, (_, tag: string, inside: string) => {
      tags.add(tag);
      for (const [, name = ''] of inside.matchAll(/([a-zA-Z][a-zA-Z0-9:-]*)="/g)) attributes.add(name);
      return '';
    });
  return { tags, attributes, rest };
}

const PLAIN = takeApart(renderReport(reportView()));

describe('renderReport', () => {
  const text = renderReport(reportView());

  it('has every part, page one first', () => {
    const ids = [...text.matchAll(/<section class="sheet[^"]*" id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toEqual([
      'verdict',
      'change',
      'matrix',
      'said-and-seen',
      'moves',
      'models',
      'statements',
      'signals',
      'unseen',
      'method',
    ]);
  });

  it.each([
    'Stage 2 Formal',
    'The chance is 10\u00a0% now and 60\u00a0% after these moves.',
    'Promise a first reply',
    'clearly over-rated',
    'Speaks clearly for it.',
    'Records and people part.',
    '80\u00a0% to 88\u00a0%',
    'You did better.',
    'Activity score: 3 of 5.',
    'tickets 4,349 (2 set aside)',
    'A note on the document.',
  ])('says %s', (words) => {
    expect(text).toContain(words);
  });

  it('is well formed', () => {
    expect(PLAIN.rest).not.toMatch(/[<>]/);
    for (const tag of ['section', 'table', 'tr', 'td', 'th', 'div', 'ul', 'ol', 'li', 'p', 'svg', 'article'])
      expect(text.split(`</${tag}>`).length).toBe(text.split(new RegExp(`<${tag}[ >]`)).length);
  });

  it('needs no script and nothing from elsewhere', () => {
    expect(
      [...PLAIN.tags].filter((tag) =>
        ['script', 'link', 'img', 'iframe', 'object', 'use', 'foreignObject'].includes(tag),
      ),
    ).toEqual([]);
    expect([...PLAIN.attributes].filter((name) => name === 'src' || name.startsWith('on'))).toEqual([]);
    expect(text.match(/<style>.*<\/style>/)?.[0]).not.toMatch(/url\(|@import/);
    expect(text).toContain('default-src &#39;none&#39;');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</style><script>alert(1)</script>',
    '</title><svg onload=alert(1)>',
    '<!--',
    '&lt;script&gt;',
  ])('draws %s as text, in whatever field it stands', (hostile) => {
    const { tags, attributes, rest } = takeApart(renderReport(replaceTexts(reportView(), () => hostile)));
    expect([...tags].filter((tag) => !PLAIN.tags.has(tag))).toEqual([]);
    expect([...attributes].filter((name) => !PLAIN.attributes.has(name))).toEqual([]);
    expect(rest).not.toMatch(/[<>]/);
  });

  it.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', ' javascript:alert(1)'])(
    'follows no %s',
    (url) => {
      const view = replaceTexts(reportView(), (one) => (one.startsWith('https:') ? url : one));
      const hrefs = [...renderReport(view).matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
      expect(hrefs.filter((href) => !href.startsWith('#'))).toEqual([]);
    },
  );

  it('keeps a link to a ticket of the vendor', () => {
    expect(text).toContain('<a href="https://acme.zendesk.com/agent/tickets/4869" rel="noreferrer noopener">4869</a>');
  });

  it('says why there is no verdict, and draws no law of one', () => {
    const view = reportView();
    const context = { model: SIX_STAGE, signals: new Map(), beside: () => [], ticketUrl: () => null };
    const bare = renderReport({
      ...view,
      change: null,
      snapshot: snapshotView(placedReading({ stage: null, day: 10 }), context),
    });
    expect(bare).toContain('Not placed');
    expect(bare).not.toContain('class="ladder"');
  });

  it('joins no two points of the trend across a change of what is seen', () => {
    expect(text.match(/class="course"/g)).toHaveLength(1);
    expect(text.match(/class="course broken"/g)).toHaveLength(1);
  });

  it('has the size of the paper', () => {
    expect(renderReport(reportView(), 'letter')).toContain('@page{size:letter');
    expect(text).toContain('@page{size:A4');
  });
});
