import { describe, expect, it } from 'vitest';
import { html, link, safeUrl } from './markup.ts';

describe('html', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onload="alert(1)', '&quot; onload=&quot;alert(1)'],
    ["' onload='alert(1)", '&#39; onload=&#39;alert(1)'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ])('escapes %s', (text, safe) => {
    expect(html`<i title="${text}">${text}</i>`.text).toBe(`<i title="${safe}">${safe}</i>`);
  });

  it('keeps its own markup, joins lists and leaves out what is not there', () => {
    expect(html`<p>${[html`<b>${'a<'}</b>`, 'b>', 3]}${null}${false}</p>`.text).toBe('<p><b>a&lt;</b>b&gt;3</p>');
  });
});

describe('safeUrl', () => {
  it.each([
    ['https://acme.zendesk.com/agent/tickets/1', 'https://acme.zendesk.com/agent/tickets/1'],
    ['http://rt.internal/1', 'http://rt.internal/1'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['\u0001javascript:alert(1)', null],
    ['data:text/html,<script>alert(1)</script>', null],
    ['vbscript:x', null],
    ['//evil.example/', null],
    ['file:///etc/passwd', null],
    ['', null],
    [null, null],
  ])('%j', (url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });

  it('cannot be left by a quote', () => {
    expect(link('https://a.example/"><script>', 'x<').text).not.toMatch(/<script|"><s/);
    expect(link('javascript:alert(1)', 'proof').text).toBe('proof');
  });
});
