import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJobId, encodeJobId, queueNameOf } from './job-names.ts';

describe('encodeJobId', () => {
  it('gives ids that BullMQ takes, and is undone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        const encoded = encodeJobId(id);
        // BullMQ refuses colons and bare integers; names such as `wait` are keys of the queue itself.
        expect(encoded).not.toContain(':');
        expect(encoded).toMatch(/^job-/);
        expect(decodeJobId(encoded)).toBe(id);
      }),
    );
  });

  it('keeps ids apart and readable', () => {
    expect(encodeJobId('run:acme:2026-11-22T10:00Z')).toBe('job-run%3Aacme%3A2026-11-22T10%3A00Z');
    expect(encodeJobId('7')).toBe('job-7');
    expect(encodeJobId('a%3Ab')).not.toBe(encodeJobId('a:b'));
  });
});

describe('queueNameOf', () => {
  it('names a queue per lane', () => {
    expect(queueNameOf({ queue: 'sync', lane: 'usual' })).toBe('plumbline-sync');
    expect(queueNameOf({ queue: 'snapshot', lane: 'large' })).toBe('plumbline-snapshot-large');
  });
});
