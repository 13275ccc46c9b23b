import { expect, it } from 'vitest';
import { requestTracker } from './index.ts';

const checkpoint = (more: Record<string, unknown>) =>
  JSON.stringify({ since: '2026-01-01T00:00:00.000Z', walking: null, after: '0', ...more });

it.each([
  ['nothing was met', {}, ['auto_reply', 'channel', 'through_api']],
  ['outgoing mail is hidden', { headed: true, mail: false }, ['auto_reply']],
  ['headers are not read', { headed: false, mail: true }, ['auto_reply', 'channel', 'through_api']],
  ['both were met', { headed: true, mail: true }, []],
])('does not show acknowledgements or ways in of messages where %s', (_, state, fields) => {
  const unmet = requestTracker.unmet?.(new Map([['tickets', checkpoint(state)]]));
  for (const stream of ['tickets', 'deleted']) expect(unmet?.get(stream)).toEqual({ messages: fields });
});
