import { describe, expect, it } from 'vitest';
import type { Context } from './account.ts';
import { toArticle } from './map-config.ts';
import { Article, CrmObject, Owner, Pipeline, Property } from './schema.ts';
import { Settings } from './settings.ts';
import { outcomeOf, readStages } from './words.ts';

describe('records of HubSpot that leave things out', () => {
  it('are pipelines all the same', () => {
    const stages = [
      { id: 1, label: 'New', metadata: { ticketState: 'open' } },
      { id: '4', metadata: { isClosed: true } },
      { id: '5', label: 'Resolved', metadata: { ticketState: 'Closed' }, archivedAt: null },
      { id: '6', label: null, metadata: null },
    ];
    const found = readStages([Pipeline.parse({ id: 0, label: null, stages })], Settings.parse({}));
    expect([...found].map(([id, { status }]) => [id, status])).toEqual([
      ['1', 'new'],
      ['4', 'closed'],
      ['5', 'solved'],
      ['6', 'open'],
    ]);
    expect(Pipeline.parse({ id: '9' }).stages).toEqual([]);
  });

  it('are objects of the CRM with what is filled, as text', () => {
    const row = CrmObject.parse({
      id: 512,
      createdAt: '2026-02-25T15:18:03.214Z',
      properties: { a: null, b: '', c: 7, d: true, e: 'x', f: { g: 1 } },
      propertiesWithHistory: { a: null, e: [{ timestamp: 1_772_032_683_214 }] },
      archived: 'false',
      url: 'https://app.hubspot.com',
    });
    expect(row.properties).toEqual({ c: '7', d: 'true', e: 'x' });
    expect(row.propertiesWithHistory).toMatchObject({ a: [], e: [{ value: null, updatedByUserId: null }] });
    // The vendor's milliseconds and its text say the same instant.
    expect(row.propertiesWithHistory.e?.[0]?.timestamp).toEqual(row.createdAt);
  });

  it('are owners without teams and properties without options', () => {
    expect(Owner.parse({ id: '1', teams: null, archived: 'true' })).toMatchObject({ teams: [], archived: true });
    expect(Property.parse({ name: 'x', options: [{ label: 'A' }] }).options).toMatchObject([{ value: null }]);
  });

  it('are articles only with their day', () => {
    // Nothing of the context is asked for without a section.
    const context = {} as Context;
    expect(toArticle(Article.parse({ id: 1, type: 'KNOWLEDGE_ARTICLE' }), context)).toMatchObject({
      rejected: [{ stream: 'articles', ref: '1', path: 'publishedDate' }],
    });
    expect(toArticle(Article.parse({ id: 1, publishedDate: 1_767_225_600_000 }), context)).toMatchObject({
      article: [{ id: '1', created_at: new Date('2026-01-01T00:00:00Z'), category: null }],
    });
  });
});

describe('the state of a promise', () => {
  it.each([
    ['3', 'SLA completed on time', { met: true, done: true }],
    ['sla_completed_late', null, { met: false, done: true }],
    ['4', 'Zu spät erledigt', { met: false, done: true }],
    ['0', null, { met: null, done: false }],
    ['overdue', null, { met: false, done: false }],
    ['17', null, null],
  ])('%s, shown as %s', (code, label, outcome) => {
    expect(outcomeOf(code, label)).toEqual(outcome);
  });
});
