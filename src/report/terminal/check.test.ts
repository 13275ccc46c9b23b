import { describe, expect, it } from 'vitest';
import type { Observability } from '../../domain/observability.ts';
import { createStyle } from '../style.ts';
import { renderCheck } from './check.ts';
import { renderStreams } from './hidden.ts';

const style = createStyle({ color: false, width: 100 });
const BLIND = 'The members of the desk cannot be listed. Give the right SeeGroup.';

describe('what a connection shows', () => {
  it('says of each stream whether it is open, open in part or hidden, and why', () => {
    const text = renderCheck(
      {
        connection: 'desk',
        vendor: 'request-tracker',
        identity: { role: 'user', account: 'rt.example.org' },
        clockSkewS: 0,
        streams: [
          { stream: 'tickets', title: 'Tickets', capability: { status: 'available' } },
          { stream: 'desk', title: 'Users', capability: { status: 'available', detail: BLIND } },
          {
            stream: 'articles',
            title: 'Articles',
            capability: { status: 'permission', detail: 'No class is visible.' },
          },
        ],
      },
      style,
    );
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines[0]).toContain('2 of 3 streams open');
    expect(lines).toContain('✓ Tickets');
    expect(lines).toContainEqual(expect.stringMatching(/^✓ Users +available, but: The members of the desk/));
    expect(lines).toContainEqual(expect.stringMatching(/^– Articles +permission: No class is visible\.$/));
  });

  it.each([
    [null, false],
    [BLIND, true],
  ])('shows beside what was read what stays out of sight in it: %s', (detail, shown) => {
    const row: Observability = {
      connection: 'desk',
      stream: 'agents',
      status: 'available',
      detail,
      fields: [],
      since: null,
      until: null,
      rows: 7,
      rejected: 0,
      reconciled_share: null,
    };
    const text = renderStreams([row], style);
    expect(text).toContain('7 rows');
    expect(text.includes(`available, but: ${BLIND}`)).toBe(shown);
  });
});
