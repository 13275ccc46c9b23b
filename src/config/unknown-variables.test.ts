import { describe, expect, it } from 'vitest';
import { unknownVariables } from './unknown-variables.ts';

describe('unknownVariables', () => {
  it.each([
    ['PLUMBLINE_WORKSPCE', /PLUMBLINE_WORKSPCE is set, but nothing reads it\. Did you mean PLUMBLINE_WORKSPACE\?/],
    ['PLUMBLINE_KEYFILE', /Did you mean PLUMBLINE_KEY_FILE\?/],
    ['PLUMBLINE_SOMETHING_ELSE_ENTIRELY', /nothing reads it\. Unset it/],
  ])('names %s', (name, words) => {
    expect(unknownVariables({ [name]: 'x' })).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    'PLUMBLINE_DATA',
    'PLUMBLINE_KEY_PREVIOUS_FILE',
    'PLUMBLINE_ACME_TOKEN',
    'PLUMBLINE_SERVICE_HOST',
    'PLUMBLINE_PORT_7448_TCP',
    'PLUMBLINES_DATA',
    'DATABASE_URL',
  ])('is silent about %s', (name) => {
    expect(unknownVariables({ [name]: 'x' })).toEqual([]);
  });
});
