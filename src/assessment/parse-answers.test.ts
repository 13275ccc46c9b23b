import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badAnswersOf } from '../../test/harness/bad-answers.ts';
import { answer } from '../../test/harness/finding-builder.ts';
import { runs } from '../../test/harness/property-runs.ts';
import { SIX_STAGE } from '../../test/harness/scored-points.ts';
import { Answer, type LevelAnswer } from '../domain/assessment.ts';
import { hasHidden, type PlumblineError } from '../errors/index.ts';
import { questionnaireOf } from '../scoring/index.ts';
import { checkAnswers, parseAnswers } from './parse-answers.ts';
import { writeAnswers } from './write-answers.ts';

const ASKED = questionnaireOf(SIX_STAGE, 365);
const NOW = new Date('2026-03-15T10:30:00Z');
const HEAD = 'respondent: ana\nrole: support_lead\n';

function read(text: string) {
  return parseAnswers(text, 'a.yaml', ASKED, NOW);
}

function problemsOf(text: string): readonly string[] {
  return badAnswersOf(() => read(text))?.problems ?? [];
}

describe('parseAnswers', () => {
  it('reads values, details, blanks and what does not apply', () => {
    const parsed = read(
      `${HEAD}model: six-stage\nanswered_at: 2026-03-01\nanswers:\n  S1.1: 3\n  S1.2: dont_know\n  S1.3:\n` +
        '  S1.4: { value: 2, comment: by mail only, proof: "https://example.org/p", proof_checked_by: bo }\n  S1.5: {}\n' +
        'not_applicable:\n  S3.2: customers work in one time zone\n',
    );
    expect(parsed).toMatchObject({ respondent: 'ana', role: 'support_lead', blank: ['S1.3', 'S1.5'] });
    expect(parsed.not_applicable).toEqual([{ criterion: 'S3.2', reason: 'customers work in one time zone' }]);
    expect(parsed.answers.map((a) => [a.criterion, a.value])).toEqual([
      ['S1.1', 3],
      ['S1.2', 'dont_know'],
      ['S1.4', 2],
    ]);
    expect(parsed.answers[2]).toEqual({
      model: 'six-stage',
      criterion: 'S1.4',
      respondent: 'ana',
      role: 'support_lead',
      value: 2,
      comment: 'by mail only',
      proof: 'https://example.org/p',
      proof_checked_by: 'bo',
      answered_at: new Date('2026-03-01T00:00:00Z'),
      expires_at: new Date('2027-03-01T00:00:00Z'),
    });
    for (const one of parsed.answers) expect(() => Answer.parse(one)).not.toThrow();
  });

  it('dates answers from the clock, or from the file, at most a day ahead of it', () => {
    const at = (line: string) => read(`${HEAD}${line}answers: {S1.1: 1}`).answers[0]?.answered_at.toISOString();
    expect(at('')).toBe('2026-03-15T10:30:00.000Z');
    expect(at('answered_at: 2026-03-15\n')).toBe('2026-03-15T00:00:00.000Z');
    expect(at('answered_at: 2026-03-16\n')).toBe('2026-03-15T10:30:00.000Z');
    expect(problemsOf(`${HEAD}answered_at: 2026-03-17\nanswers: {}`)).toEqual([
      'a.yaml:3: answered_at 2026-03-17 lies in the future',
    ]);
  });

  it('takes an empty list of answers for none', () => {
    expect(read(`${HEAD}answers:\n`).answers).toEqual([]);
    expect(read(`${HEAD}answers: {}\n`).answers).toEqual([]);
  });

  it('lists every problem at once, in the order of lines', () => {
    const text =
      `respondant: ana\nrole: agent\nmodel: five-level\nanswers:\n  S1.1: 4\n  S11: 2\n  S1.2: "3"\n  S1.3: 0\n` +
      '  S1.4:\n    value: 2\n    coment: x\n    proof: not a link\n  S1.5: [1]\nnot_applicable:\n  S2.1: no\n  S2.2: we have no tiers\n  S2.3: nothing to connect\n  S9.9: does not exist here\n';
    expect(problemsOf(text)).toEqual([
      'a.yaml:1: unknown key "respondant"; did you mean "respondent"?',
      'a.yaml:1: "respondent" is missing',
      'a.yaml:3: the answers are for model "five-level", not "six-stage"',
      'a.yaml:5: S1.1: 4 is not 1, 2, 3 or dont_know',
      'a.yaml:6: "S11" is not a statement of six-stage; the nearest is S1.1',
      'a.yaml:7: S1.2: "3" is not 1, 2, 3 or dont_know',
      'a.yaml:8: S1.3: 0 is not 1, 2, 3 or dont_know',
      'a.yaml:11: S1.4: unknown key "coment"; did you mean "comment"?',
      'a.yaml:12: S1.4: proof: is no address that begins with https:// or http://',
      'a.yaml:13: S1.5: [1] is not 1, 2, 3 or dont_know',
      'a.yaml:15: S2.1: not applicable needs a reason of at least five letters',
      'a.yaml:17: S2.3: only one statement of a set may be not applicable, and S2.2 already is',
      'a.yaml:18: "S9.9" is not a statement of six-stage',
    ]);
  });

  it.each([
    ['', 'a.yaml:1: expected respondent, role and answers'],
    ['- 1\n', 'a.yaml:1: expected respondent, role and answers'],
    [`${HEAD}`, 'a.yaml:1: "answers" is missing'],
    [`${HEAD}answers: 3\n`, 'a.yaml:3: "answers" must list statements, one "S1.1: 2" a line'],
    [
      `${HEAD}answers:\n  S1.1: 2\nnot_applicable:\n  S1.1: never needed\n`,
      'a.yaml:6: S1.1: both answered and not applicable',
    ],
    [
      `${HEAD}answers:\n  S1.1: {value: 3, proof: "https://e.org", proof_checked_by: ana}\n`,
      'a.yaml:4: S1.1: proof_checked_by must name someone other than the respondent',
    ],
  ])('refuses %j', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it.each(['answers: {S1.1: 1', `${HEAD}answers:\n  S1.1: 1\n  S1.1: 2\n`])(
    'refuses malformed YAML with a line',
    (text) => {
      expect(problemsOf(text)[0]).toMatch(/^a\.yaml:\d+: /);
    },
  );
});

describe('what people type', () => {
  const HIDDEN = ['\\e[2J', '\\u202e', '\\u2066', '\\x9b', '\\x7f', '\\t', '\\r'];
  const entry = (more: string) => `${HEAD}answers:\n  S1.1: {value: 2, ${more}}\n`;

  it.each(HIDDEN)('holds no character that changes what a reader sees: %s', (sign) => {
    for (const [text, place] of [
      [`respondent: "a${sign}b"\nrole: agent\nanswers: {}\n`, 'a.yaml:1: respondent: '],
      [`respondent: ana\nrole: "a${sign}b"\nanswers: {}\n`, 'a.yaml:2: role: '],
      [entry(`comment: "by${sign}mail"`), 'a.yaml:4: S1.1: comment: '],
      [entry(`proof: "https://example.org/a${sign}b"`), 'a.yaml:4: S1.1: proof: '],
      [entry(`proof_checked_by: "b${sign}o"`), 'a.yaml:4: S1.1: proof_checked_by: '],
      [`${HEAD}answers: {}\nnot_applicable:\n  S3.2: "no ${sign} tiers"\n`, 'a.yaml:5: S3.2: reason: '],
    ] as const) {
      const [problem] = problemsOf(text);
      expect(problem?.startsWith(place)).toBe(true);
      expect(problem).toContain('control or bidirectional character');
    }
  });

  it('keeps line breaks of a comment', () => {
    expect(read(entry('comment: "one\\ntwo"')).answers[0]?.comment).toBe('one\ntwo');
  });

  it.each(['ana@example.org', 'Ana B <ana@example.org>', 'ana＠example.org'])('is no address: %s', (address) => {
    for (const text of [
      `respondent: "${address}"\nrole: agent\nanswers: {}\n`,
      `respondent: ana\nrole: "${address}"\nanswers: {}\n`,
      entry(`proof_checked_by: "${address}"`),
    ])
      expect(problemsOf(text)[0]).toContain('is an e-mail address');
  });

  it('is bounded', () => {
    expect(problemsOf(`respondent: ${'a'.repeat(61)}\nrole: agent\nanswers: {}\n`)[0]).toMatch(
      /^a\.yaml:1: respondent: Too big/,
    );
    expect(problemsOf(entry(`comment: ${'a'.repeat(2_001)}`))[0]).toMatch(/comment: Too big/);
    expect(problemsOf(entry(`proof: "https://example.org/${'a'.repeat(2_000)}"`))[0]).toMatch(/proof: Too big/);
  });
});

describe('checkAnswers', () => {
  it('reads a value by the rules of a file, without lines', () => {
    const value = { respondent: 'ana', role: 'agent', answers: { 'S1.1': { value: 3, comment: 'yes: "really" #1' } } };
    expect(checkAnswers(value, 'body', ASKED, NOW).answers[0]).toMatchObject({
      value: 3,
      comment: 'yes: "really" #1',
    });
    expect(() => checkAnswers({ ...value, answers: { S11: 3 } }, 'body', ASKED, NOW)).toThrow(
      'body does not fit six-stage: body: "S11" is not a statement of six-stage; the nearest is S1.1',
    );
  });

  it('lists a hundred problems of many and counts the rest', () => {
    const answers = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`X${i}`, 3]));
    try {
      checkAnswers({ respondent: 'ana', role: 'agent', answers }, 'body', ASKED, NOW);
      expect.unreachable();
    } catch (error) {
      expect((error as PlumblineError).problems).toHaveLength(100);
      expect((error as PlumblineError).message).toMatch(/\(and 4999 more\)$/);
    }
  });
});

describe('writeAnswers', () => {
  const form = (answers: Answer[], more: Partial<Parameters<typeof writeAnswers>[0]> = {}) =>
    writeAnswers({ questionnaire: ASKED, respondent: 'ana', role: 'agent', answers, notApplicable: [], ...more });

  it('writes an empty form with every statement, level and proof in it', () => {
    const text = form([], { respondent: null, role: null });
    const flat = text.replaceAll(/\n\s*#\s*/g, ' ');
    for (const { id, statement, levels, proof } of SIX_STAGE.criteria) {
      expect(text).toContain(`\n  ${id}:\n`);
      for (const words of [statement, ...Object.values(levels), proof]) expect(flat).toContain(words);
    }
    expect(problemsOf(text)).toEqual(['a.yaml:5: "respondent" is missing', 'a.yaml:6: "role" is missing']);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(112);
  });

  it('keeps to the wanted statements and their order, and adds those answered', () => {
    const text = form([answer('S1.1', 2, { answered_at: NOW })], { only: ['S6.1', 'S4.2'] });
    expect(read(text).blank).toEqual(['S6.1', 'S4.2']);
    expect(read(text).answers.map((a) => a.criterion)).toEqual(['S1.1']);
  });

  it('is read back to the same answers', () => {
    const ids = SIX_STAGE.criteria.map((c) => c.id);
    const words = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .filter((s) => [...s.trim()].length > 4 && [...s].length <= 60 && !hasHidden(s) && !/[@＠\t\n]/.test(s));
    const anyAnswers = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...ids),
        value: fc.constantFrom<LevelAnswer['value']>(1, 2, 3, 'dont_know'),
        comment: fc.option(words),
        proof: fc.option(fc.webUrl()),
      }),
      { selector: (entry) => entry.id },
    );
    fc.assert(
      fc.property(anyAnswers, words, (entries, who) => {
        const given = entries.map((entry) =>
          answer(entry.id, entry.value, {
            respondent: who,
            role: 'agent',
            comment: entry.comment,
            proof: entry.proof,
            answered_at: new Date('2026-03-01T00:00:00Z'),
            expires_at: new Date('2027-03-01T00:00:00Z'),
          }),
        );
        const free = ids.find((id) => !entries.some((entry) => entry.id === id));
        const notApplicable = free === undefined ? [] : [{ criterion: free, reason: who.trim() }];
        const parsed = read(form(given, { respondent: who, notApplicable }));
        const order = (a: Answer, b: Answer) => ids.indexOf(a.criterion) - ids.indexOf(b.criterion);
        expect(parsed.answers).toEqual(given.toSorted(order));
        expect(parsed.not_applicable).toEqual(notApplicable);
      }),
      { ...runs(60), seed: 11 },
    );
  });
});
