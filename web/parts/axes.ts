import type { Ink } from './chart.tsx';

/** Axes and tips as all drawings have them. */
export function frameOf(ink: Ink) {
  const label = { color: ink.soft, fontSize: 12 };
  return {
    textStyle: { fontFamily: 'inherit' },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: ink.card,
      borderColor: ink.line,
      textStyle: { color: ink.ink, fontSize: 13, fontFamily: 'inherit' },
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
