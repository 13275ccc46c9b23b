import { describe, expect, it } from 'vitest';
import { PlumblineError } from '../errors/index.ts';
import { readConfig } from './config.ts';
import { meaningsOf } from './meanings.ts';

const read = (text: string) => readConfig({ text, file: 'plumbline.yaml', environment: {}, flags: {} });

describe('meaningsOf', () => {
  it('reads what people state, in one order whatever that of the file', () => {
    const text = [
      'teams: { desk/4711: escalation, 88: line 2 }',
      'tiers: { gold: 1, "tag:vip": gold, "org:plan=b": none, emea: none }',
      'bots: { 12: true, 13: false }',
      'fields: { 360001: cause }',
      'statuses: { Waiting on vendor: hold }',
      'escalations: { "desk/tag:boss": true }',
    ];
    const said = meaningsOf(read(text.join('\n')));
    expect(said).toEqual(meaningsOf(read(text.toReversed().join('\n'))));
    expect(said).toEqual([
      { kind: 'bot', subject: '12', meaning: 'true', rank: null },
      { kind: 'bot', subject: '13', meaning: 'false', rank: null },
      { kind: 'escalation', subject: 'desk/tag:boss', meaning: 'true', rank: null },
      { kind: 'field', subject: '360001', meaning: 'cause', rank: null },
      { kind: 'status', subject: 'Waiting on vendor', meaning: 'hold', rank: null },
      { kind: 'team', subject: '88', meaning: 'support', rank: 2 },
      { kind: 'team', subject: 'desk/4711', meaning: 'escalation', rank: null },
      { kind: 'tier', subject: 'emea', meaning: 'none', rank: null },
      { kind: 'tier', subject: 'gold', meaning: 'gold', rank: 1 },
      { kind: 'tier', subject: 'org:plan=b', meaning: 'none', rank: null },
      { kind: 'tier', subject: 'tag:vip', meaning: 'gold', rank: null },
    ]);
    expect(meaningsOf(read(''))).toEqual([]);
  });

  it.each([
    ['teams: { 7: eskalation }', 'plumbline.yaml:1: teams.7: write one of support, escalation, premium'],
    [
      '\nfields: { a: root }',
      'plumbline.yaml:2: fields.a: write one of severity, product, category, cause, tier, reason, none',
    ],
    ['tiers: { gold: first }', 'plumbline.yaml:1: tiers.gold: write the place of the tier (1 = highest) or none'],
    ['tiers: { "tag:vip": 1 }', 'plumbline.yaml:1: tiers.tag:vip: write the name of the tier'],
    ['bots: { 5: maybe }', 'plumbline.yaml:1: bots.5: write true (a program) or false (a person)'],
    ['statuses: { x: waiting }', 'plumbline.yaml:1: statuses.x: write one of new, open'],
    ['statuses: { x: waiting }', 'closed (not "waiting")'],
    ['teams:', 'plumbline.yaml:1: teams: write lines of a name or id and what it is below it, or leave it out'],
    ['teams: { "": support }', 'plumbline.yaml:1: teams.: write lines of a name or id'],
    ['escalations: { vip: true }', 'plumbline.yaml:1: escalations.vip: write a term such as'],
    ['team: { 7: support }', 'unknown key "team"; did you mean "teams"?'],
  ])('says what is wrong with %s', (text, problem) => {
    try {
      read(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlumblineError);
      expect((error as PlumblineError).problems.join('\n')).toContain(problem);
    }
  });
});
