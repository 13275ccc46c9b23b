import { useComputedColorScheme } from '@mantine/core';
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([
  LineChart,
  BarChart,
  HeatmapChart,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

/** Colours of the theme that is on, for drawings. */
export interface Ink {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly card: string;
  readonly accent: string;
  readonly said: string;
  readonly seen: string;
  readonly good: string;
  readonly warn: string;
  readonly sunk: string;
  /** Family of the letters around: SVG text does not take it over by itself. */
  readonly font: string;
}

/** Mixed colours come as shares of one, which ECharts does not read. */
function asRgb(color: string): string {
  const shares = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(color)?.slice(1);
  return shares === undefined ? color : `rgb(${shares.map((share) => Math.round(Number(share) * 255)).join(', ')})`;
}

function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  // As a colour and not as the text of the variable, which may name one of the machine's.
  const probe = document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--pl-${name})`;
    return asRgb(getComputedStyle(probe).color);
  };
  const ink = {
    ink: read('ink'),
    soft: read('soft'),
    line: read('line'),
    card: read('card'),
    accent: read('accent'),
    said: read('said'),
    seen: read('seen'),
    good: read('good'),
    warn: read('warn'),
    sunk: read('sunk'),
    font: style.fontFamily,
  };
  probe.remove();
  return ink;
}

/** A drawing of ECharts; what it says stands in `label`, for those who do not see it. */
export default function Chart(props: {
  readonly label: string;
  readonly height: number;
  readonly draw: (ink: Ink, width: number) => EChartsCoreOption;
}) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { draw } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another colour scheme has other colours
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const chart = init(element, null, { renderer: 'svg' });
    const paint = () => {
      chart.resize();
      chart.setOption({ animation: false, ...draw(inkOf(element), element.clientWidth) }, true);
    };
    paint();
    const watcher = new ResizeObserver(paint);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [draw, scheme]);
  return <div ref={place} role="img" aria-label={props.label} style={{ width: '100%', height: props.height }} />;
}
