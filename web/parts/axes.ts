import type { Ink } from './chart.tsx';

/** Axes and tips as all drawings have them. */
export function frameOf(ink: Ink) {
  const label = { color: ink.soft, fontSize: 12, fontFamily: ink.font };
  return {
    textStyle: { fontFamily: ink.font },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: ink.card,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 13, fontFamily: ink.font },
      confine: true,
    },
    axis: {
      axisLabel: label,
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: ink.line } },
      nameTextStyle: label,
    },
  };
}

const MONTH_MS = 30 * 24 * 3_600_000;

/** An axis of months. Its words stand a little apart, so that the lowest number beside them is not touched; leave 34 px below. */
export function timeAxis(axis: ReturnType<typeof frameOf>['axis']) {
  return {
    type: 'time' as const,
    ...axis,
    minInterval: MONTH_MS,
    splitLine: { show: false },
    axisLabel: { ...axis.axisLabel, formatter: '{MMM} {yyyy}', hideOverlap: true, showMinLabel: false, margin: 14 },
  };
}
