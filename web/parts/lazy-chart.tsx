import { Skeleton } from '@mantine/core';
import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { loadCode } from '../api/load-code.ts';
import { ProblemBox } from './states.tsx';

type Drawing = typeof import('./chart.tsx').default;

/** Room below the window in which a drawing is made ready before it is scrolled to. */
const AHEAD = '300px';

/** A drawing whose library is loaded only when one is about to be seen: it is larger than all the rest of a screen. */
export function LazyChart(props: ComponentProps<Drawing>) {
  const place = useRef<HTMLDivElement>(null);
  const [Chart, setChart] = useState<Drawing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || near) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: AHEAD },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [near]);
  useEffect(() => {
    if (!near || Chart !== null || error !== null) return;
    let gone = false;
    loadCode(() => import('./chart.tsx')).then(
      ({ default: drawing }) => (gone ? undefined : setChart(() => drawing)),
      (cause: unknown) => (gone ? undefined : setError(cause)),
    );
    return () => {
      gone = true;
    };
  }, [near, Chart, error]);
  return (
    <div ref={place}>
      {error !== null ? (
        <ProblemBox error={error} retry={() => setError(null)} />
      ) : Chart === null ? (
        <Skeleton height={props.height} radius="md" />
      ) : (
        <Chart {...props} />
      )}
    </div>
  );
}
