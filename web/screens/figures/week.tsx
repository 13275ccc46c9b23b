import { SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { FiguresView } from '../../../src/report/view/figures.ts';
import { frameOf, tipOf } from '../../parts/axes.ts';
import type { Ink } from '../../parts/chart.tsx';
import { LazyChart } from '../../parts/lazy-chart.tsx';
import { Section } from '../../parts/section.tsx';

type Week = NonNullable<FiguresView['week']>;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

function optionOf(week: Week, what: 'arrivals' | 'replies', ink: Ink, width: number) {
  const { axis, ...frame } = frameOf(ink, () => []);
  // What is not recorded is no zero: such an hour is left blank.
  const data = week.cells.flatMap((cell) => {
    const n = cell[what];
    return n === null ? [] : [[cell.hour, cell.weekday - 1, n]];
  });
  return {
    ...frame,
    tooltip: {
      ...frame.tooltip,
      trigger: 'item',
      formatter: ({ value }: { value: [number, number, number] }) =>
        tipOf([`${DAYS[value[1]] ?? ''} ${String(value[0])}:00`, `${String(value[2])} ${what}`]),
    },
    grid: { left: 38, right: 8, top: 6, bottom: 24 },
    xAxis: { type: 'category', data: HOURS, ...axis, axisLabel: { ...axis.axisLabel, interval: width < 500 ? 5 : 1 } },
    yAxis: { type: 'category', data: DAYS, inverse: true, ...axis },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(...data.map((cell) => cell[2] ?? 0), 1),
      inRange: { color: [ink.sunk, what === 'arrivals' ? ink.said : ink.seen] },
    },
    series: [{ type: 'heatmap', data, itemStyle: { borderWidth: 2, borderColor: ink.card, borderRadius: 3 } }],
  };
}

/** The hours of the week: when tickets come in, and when people reply. */
export function WeekMap({ week }: { readonly week: Week }) {
  const [what, setWhat] = useState<'arrivals' | 'replies'>('arrivals');
  const draw = useCallback((ink: Ink, width: number) => optionOf(week, what, ink, width), [week, what]);
  return (
    <Section
      title="Hours of the week"
      note={week.sentence}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="What is counted"
          value={what}
          onChange={(value) => setWhat(value === 'replies' ? 'replies' : 'arrivals')}
          data={[
            { value: 'arrivals', label: 'Tickets come in' },
            { value: 'replies', label: 'People reply' },
          ]}
        />
      }
    >
      <LazyChart label={week.sentence} height={230} draw={draw} />
    </Section>
  );
}
