import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { FigureCell, FigureHead, FiguresView } from '../../../src/report/view/figures.ts';
import { frameOf } from '../../parts/axes.ts';
import type { Ink } from '../../parts/chart.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Section } from '../../parts/section.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './figures.module.css';

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
  const { axis, ...frame } = frameOf(ink, (points) => {
    const value = breakdown.values[points[0]?.dataIndex ?? -1];
    return value === undefined
      ? []
      : [value.part === null ? value.value : `${value.value} (${value.part})`, figureOf(value, id)?.text ?? '–'];
  });
  const inTime = IN_TIME.has(breakdown.by);
  const numbers = (drawn: (value: Value) => boolean) =>
    breakdown.values.map((value) => (drawn(value) ? (figureOf(value, id)?.value ?? null) : null));
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
    series: inTime
      ? [
          {
            type: 'line',
            color: ink.accent,
            symbol: 'circle',
            symbolSize: 6,
            data: numbers(({ part }) => part === null),
          },
          // What holds a part of its time stands by itself: a line to it would be a rise or a fall that nobody has seen.
          {
            type: 'line',
            symbol: 'circle',
            symbolSize: 9,
            lineStyle: { width: 0 },
            itemStyle: { color: ink.card, borderColor: ink.accent, borderWidth: 2 },
            data: numbers(({ part }) => part !== null),
          },
        ]
      : [
          {
            type: 'bar',
            color: ink.accent,
            barMaxWidth: 18,
            itemStyle: { borderRadius: 3 },
            data: numbers(() => true),
          },
        ],
  };
}

/** What is hollow in the drawing and why; null where everything is whole. */
function sayHollow({ by, values }: Breakdown): string | null {
  const parts = values.flatMap(({ value, part }) => (part === null ? [] : [`${value} ${part}`]));
  if (parts.length === 0) return null;
  return `Hollow and not joined, since it is part of a ${by} only: ${parts.join('; ')}.`;
}

function PartName({ value, part }: { readonly value: string; readonly part: string }) {
  return (
    <>
      {value} <Tag tone="warn">{part}</Tag>
    </>
  );
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
    {
      head: breakdown.title,
      cell: ({ value, part }) => (part === null ? value : <PartName value={value} part={part} />),
    },
    { head: 'Value', cell: (value) => figureOf(value, id)?.text ?? '–', end: true },
    { head: 'Counted', cell: (value) => figureOf(value, id)?.n ?? '–', end: true },
  ];
  const hollow = sayHollow(breakdown);
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
        label={[`${title} by ${breakdown.title}.`, hollow].filter((each) => each !== null).join(' ')}
        height={IN_TIME.has(breakdown.by) ? 230 : Math.max(110, breakdown.values.length * 34 + 30)}
        draw={draw}
      />
      {hollow === null ? null : <p className={styles.hollow}>{hollow}</p>}
      <DataTable label={`${title} in numbers`} rows={breakdown.values} columns={columns} id={(value) => value.value} />
    </Section>
  );
}
