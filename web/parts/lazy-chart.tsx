import { Skeleton } from '@mantine/core';
import { type ComponentProps, lazy, Suspense, useEffect, useRef, useState } from 'react';

const Chart = lazy(() => import('./chart.tsx'));

/** Room below the window in which a drawing is made ready before it is scrolled to. */
const AHEAD = '300px';

/** A drawing whose library is loaded only when one is about to be seen: it is larger than all the rest of a screen. */
export function LazyChart(props: ComponentProps<typeof Chart>) {
  const place = useRef<HTMLDivElement>(null);
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
  const waiting = <Skeleton height={props.height} radius="md" />;
  return (
    <div ref={place}>
      {near ? (
        <Suspense fallback={waiting}>
          <Chart {...props} />
        </Suspense>
      ) : (
        waiting
      )}
    </div>
  );
}
