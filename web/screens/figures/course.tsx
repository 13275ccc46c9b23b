import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { FigureCell, FigureHead, FiguresView } from '../../../src/report/view/figures.ts';
import { frameOf } from '../../parts/axes.ts';
import type { Ink } from '../../parts/chart.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Section } from '../../parts/section.tsx';

type Breakdown = FiguresView['breakdowns'][number];
type Value = Breakdown['values'][number];

const IN_TIME = new Set(['week', 'month']);
const figureOf = (value: Value, id: string): FigureCell | undefined => value.rows.find((row) => row.id === id);

/** Figures that a breakdown has, each once. */
function choicesOf(breakdown: Breakdown, figures: readonly FigureHead[]) {
  const has = new Set(breakdown.values.flatMap(({ rows }) => rows.map(({ id }) => id)));
  return figures.filter(({ id }) => has.has(id)).map(({ id, title }) => ({ value: id, label: title }));
}

const inPercent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

function optionOf(breakdown: Breakdown, figure: Pick<FigureHead, 'id' | 'unit'>, ink: Ink) {
  const { id, unit } = figure;
  const { axis, ...frame } = frameOf(ink);
  const inTime = IN_TIME.has(breakdown.by);
  const names = {
    type: 'category',
    data: breakdown.values.map(({ value }) => value),
    ...axis,
    splitLine: { show: false },
  };
  const values = {
    type: 'value',
    ...axis,
    axisLabel: { ...axis.axisLabel, formatter: unit === 'share' ? inPercent : undefined },
  };
  return {
    ...frame,
    grid: { left: 8, right: 18, top: 14, bottom: 8, containLabel: true },
    xAxis: inTime ? names : values,
    yAxis: inTime ? values : { ...names, inverse: true },
    series: [
      {
        type: inTime ? 'line' : 'bar',
        color: ink.accent,
        symbolSize: 6,
        barMaxWidth: 18,
        itemStyle: { borderRadius: 3 },
        data: breakdown.values.map((value) => figureOf(value, id)?.value ?? null),
      },
    ],
  };
}

/** One figure over weeks or months, or by team, channel, priority, tier. The numbers stand below the drawing. */
export function FigureCourse({ breakdowns, figures }: Pick<FiguresView, 'breakdowns' | 'figures'>) {
  const [by, setBy] = useState('month');
  const [wanted, setWanted] = useState('');
  const breakdown = breakdowns.find((each) => each.by === by) ?? breakdowns[0];
  const choices = useMemo(() => (breakdown === undefined ? [] : choicesOf(breakdown, figures)), [breakdown, figures]);
  const id = choices.some((choice) => choice.value === wanted) ? wanted : (choices[0]?.value ?? '');
  const unit = figures.find((figure) => figure.id === id)?.unit ?? '';
  const draw = useCallback(
    (ink: Ink) => (breakdown === undefined ? {} : optionOf(breakdown, { id, unit }, ink)),
    [breakdown, id, unit],
  );
  if (breakdown === undefined) return null;
  const columns: readonly Column<Value>[] = [
    { head: breakdown.title, cell: (value) => value.value },
    { head: 'Value', cell: (value) => figureOf(value, id)?.text ?? '–', end: true },
    { head: 'Counted', cell: (value) => figureOf(value, id)?.n ?? '–', end: true },
  ];
  const title = choices.find((choice) => choice.value === id)?.label ?? id;
  return (
    <Section title="Broken down">
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginBottom: 12 }}>
        <NativeSelect
          label="By"
          value={breakdown.by}
          data={breakdowns.map((each) => ({ value: each.by, label: each.title }))}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <NativeSelect
          label="Figure"
          value={id}
          data={choices}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      <LazyChart
        label={`${title} by ${breakdown.title}`}
        height={IN_TIME.has(breakdown.by) ? 230 : Math.max(110, breakdown.values.length * 34 + 30)}
        draw={draw}
      />
      <DataTable label={`${title} in numbers`} rows={breakdown.values} columns={columns} id={(value) => value.value} />
    </Section>
  );
}
