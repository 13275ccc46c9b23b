import { describe, expect, it } from 'vitest';
import { generatePages } from './scale.ts';

describe('generatePages', () => {
  it.each([
    [0, []],
    [1, [1]],
    [999, [999]],
    [1000, [1000]],
    [1001, [1000, 1]],
  ])('cuts %d tickets into pages of %j', (tickets, sizes) => {
    const pages = [...generatePages({ tickets })];
    expect(pages.map((page) => page.tickets.tickets.length)).toEqual(sizes);
    expect(pages.map((page) => page.tickets.end_of_stream)).toEqual(
      sizes.map((_, index) => index === sizes.length - 1),
    );
  });

  it('gives different tickets with four updates each, the same from the same seed', () => {
    const pages = [...generatePages({ tickets: 2500, pageSize: 500 })];
    const ids = pages.flatMap((page) => page.tickets.tickets.map((ticket) => ticket.id));
    expect(new Set(ids).size).toBe(2500);
    const updates = pages.flatMap((page) => page.events.ticket_events);
    expect(updates.length).toBe(10_000);
    expect(new Set(updates.map((update) => update.id)).size).toBe(10_000);
    expect([...generatePages({ tickets: 2500, pageSize: 500 })]).toEqual(pages);
  });
});
