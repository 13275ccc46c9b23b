import { BINS, LEVELS, reliability, signalTable, stageFigures, statementFigures } from './figures.ts';
import { type DeskResult, type StageSaid, VOICES, type Voice } from './result.ts';

interface Check {
  readonly what: string;
  readonly value: string;
  readonly holds: boolean;
}

const two = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2));
const three = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

const stageRow = (name: string, results: readonly DeskResult[], of: (r: DeskResult) => StageSaid): string[] => {
  const f = stageFigures(results.map((r) => ({ truth: r.trueStage, said: of(r) })));
  return [
    name,
    String(f.n),
    two(f.exact),
    two(f.within1),
    two(f.bias),
    three(f.rps),
    three(f.brier),
    two(f.assuredHolds),
  ];
};

/** A tool that names a stage and nothing else. */
function sure(stage: number, stages: number): StageSaid {
  return { stage, assured: stage, atLeast: Array.from({ length: stages }, (_, index) => Number(stage >= index + 1)) };
}

const STATEMENT_COLUMNS = [
  'n',
  'seen',
  'decided',
  'exact',
  'always 2',
  'forbidden',
  'Brier',
  'of base rates',
  'ECE',
  'said 1 2 3',
  'true 1 2 3',
];

function statementRow(name: string, results: readonly DeskResult[]): string[] {
  const f = statementFigures(results.flatMap((r) => r.statements));
  return [
    name,
    String(f.n),
    two(f.seen),
    two(f.decided),
    two(f.exact),
    two(f.dummyExact),
    three(f.forbidden),
    three(f.brier),
    three(f.dummyBrier),
    three(f.ece),
    f.said.map(two).join(' '),
    f.true.map(two).join(' '),
  ];
}

function liftedRow(name: string, results: readonly DeskResult[]): string[] {
  const lifted = (voice: Voice) => results.filter((r) => (r.stages[voice].stage ?? 1) > r.trueStage + 1);
  const share = (some: readonly DeskResult[], all: readonly DeskResult[]) =>
    two(all.length === 0 ? Number.NaN : some.length / all.length);
  const over = lifted('over');
  const open = over.filter((r) => r.notExcluded >= (r.stages.over.stage ?? 1));
  return [name, String(results.length), ...VOICES.map((voice) => share(lifted(voice), results)), share(open, over)];
}

/** Tables of a study, and what it is held against. */
export function renderStudy(results: readonly DeskResult[]): {
  text: string;
  checks: Check[];
  headline: Record<string, number>;
} {
  const stages = results[0]?.stages.none.atLeast.length ?? 6;
  const groups: [string, readonly DeskResult[]][] = [
    ['all', results],
    ...[...new Set(results.map((r) => r.vocabulary))].map((v): [string, DeskResult[]] => [
      `words: ${v}`,
      results.filter((r) => r.vocabulary === v),
    ]),
    ...[...new Set(results.map((r) => r.kind))].map((k): [string, DeskResult[]] => [
      `world: ${k}`,
      results.filter((r) => r.kind === k),
    ]),
    ...(results.some((r) => r.thin) ? [['thin desks', results.filter((r) => r.thin)] as [string, DeskResult[]]] : []),
  ];
  const statements = results.flatMap((r) => r.statements);
  const seen = statements.filter((s) => s.seen);
  const curves = LEVELS.map((level) => reliability(seen, level));
  const all = statementFigures(statements);
  const honest = stageFigures(results.map((r) => ({ truth: r.trueStage, said: r.stages.honest })));
  const lifted = results.filter((r) => (r.stages.over.stage ?? 1) > r.trueStage + 1).length / results.length;
  const checks: Check[] = [
    { what: 'statements exact at least 0.70', value: two(all.exact), holds: all.exact >= 0.7 },
    { what: 'forbidden at most 0.01', value: three(all.forbidden), holds: all.forbidden <= 0.01 },
    { what: 'class-wise ECE at most 0.05', value: three(all.ece), holds: all.ece <= 0.05 },
    { what: 'stage exact at least 0.70 with honest answers', value: two(honest.exact), holds: honest.exact >= 0.7 },
    {
      what: 'stage within one at least 0.95 with honest answers',
      value: two(honest.within1),
      holds: honest.within1 >= 0.95,
    },
    {
      what: 'absolute bias at most 0.15 with honest answers',
      value: two(honest.bias),
      holds: Math.abs(honest.bias) <= 0.15,
    },
    {
      what: 'over-claims lift more than one stage in at most 2 % of desks',
      value: three(lifted),
      holds: lifted <= 0.02,
    },
  ];
  const stageHead = ['', 'desks', 'exact', 'within 1', 'bias', 'RPS', 'Brier', 'assured holds'];
  const lines = [
    '## What it is held against',
    '',
    ...table(
      ['line', 'seen', 'holds'],
      checks.map((c) => [c.what, c.value, c.holds ? 'yes' : '**no**']),
    ),
    '',
    '## Stage',
    '',
    ...table(stageHead, [
      ...VOICES.map((voice) =>
        stageRow(
          `records and ${voice === 'none' ? 'nobody' : voice === 'honest' ? 'honest answers' : 'answers that claim everything'}`,
          results,
          (r) => r.stages[voice],
        ),
      ),
      ...groups.slice(1).map(([name, own]) => stageRow(`honest, ${name}`, own, (r) => r.stages.honest)),
      stageRow('always stage 2', results, (r) => sure(r.simple.always2, stages)),
      stageRow('self-assessment alone, honest', results, (r) => sure(r.simple.selfHonest, stages)),
      stageRow('self-assessment alone, claiming', results, (r) => sure(r.simple.selfOver, stages)),
      stageRow('five lines on plain figures', results, (r) => sure(r.simple.thresholds, stages)),
    ]),
    '',
    '## Lifted more than one stage above the truth',
    '',
    'The last column: of the lifted desks, those in which every statement that keeps the truth below that stage is one that the records show too little of. Nothing but',
    'a person can tell there, and the method may not believe a respondent less for what he claims elsewhere (docs/method.md, invariant 1).',
    '',
    ...table(
      [
        '',
        'desks',
        'by records alone',
        'with honest answers',
        'with over-claims',
        'of these, not to be excluded by records',
      ],
      groups.map(([name, own]) => liftedRow(name, own)),
    ),
    '',
    '## Statements, by the records alone',
    '',
    ...table(
      ['', ...STATEMENT_COLUMNS],
      groups.map(([name, own]) => statementRow(name, own)),
    ),
    '',
    ...table(
      ['statement', ...STATEMENT_COLUMNS],
      [...new Set(statements.map((s) => s.id))].map((id) =>
        statementRow(
          id,
          results.map((r) => ({ ...r, statements: r.statements.filter((s) => s.id === id) })),
        ),
      ),
    ),
    '',
    '## Reliability',
    '',
    ...table(
      ['said', ...LEVELS.map((level) => `true share of level ${level} (n)`)],
      Array.from({ length: BINS }, (_, index) => index / BINS).map((from) => [
        `${from.toFixed(1)}–${(from + 1 / BINS).toFixed(1)}`,
        ...curves.map((bins) => {
          const bin = bins.find((b) => b.from === from);
          return bin === undefined ? '' : `${two(bin.true)} (${bin.n}; said ${two(bin.said)})`;
        }),
      ]),
    ),
    '',
    '## Other constants (stage, honest answers)',
    '',
    ...table(
      stageHead,
      Object.keys(results[0]?.variants ?? {}).map((name) =>
        stageRow(name, results, (r) => r.variants[name] ?? r.stages.honest),
      ),
    ),
    '',
    '## Mean points of each signal by the truth',
    '',
    ...table(
      ['statement', 'signal', 'n', 'truth 1', 'truth 2', 'truth 3'],
      signalTable(results.flatMap((r) => r.points.map((p) => ({ ...p, truth: r.truth[p.criterion] ?? 1 })))).map(
        (row) => [
          row.criterion,
          row.signal,
          String(row.n),
          ...row.byLevel.map((p) => (p === null ? '' : `${p[0].toFixed(1)}, ${p[1].toFixed(1)}`)),
        ],
      ),
    ),
    '',
    '## Silent signals',
    '',
    ...table(['signal', 'desks', 'reasons'], silence(results)),
    '',
  ];
  return {
    text: lines.join('\n'),
    checks,
    headline: { statements: all.exact, forbidden: all.forbidden, stage: honest.exact },
  };
}

function silence(results: readonly DeskResult[]): string[][] {
  const by = new Map<string, Map<string, number>>();
  for (const { signal, status, reason } of results.flatMap((r) => r.silent)) {
    const reasons = by.get(signal) ?? new Map<string, number>();
    const word = reason === null ? status : `${status} (${reason})`;
    by.set(signal, reasons.set(word, (reasons.get(word) ?? 0) + 1));
  }
  return [...by]
    .sort()
    .map(([signal, reasons]) => [
      signal,
      String([...reasons.values()].reduce((sum, n) => sum + n, 0)),
      [...reasons].map(([word, n]) => `${word} ${n}`).join(', '),
    ]);
}
