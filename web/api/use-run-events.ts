import { useEffect, useState } from 'react';
import type { components } from '../generated/api.ts';

type Run = components['schemas']['Run'];

/** What the server says of a run when something has changed. */
export interface RunEvent {
  readonly run: string;
  readonly status: Run['status'];
  readonly progress: Run['progress'];
}

function isEvent(value: unknown): value is RunEvent {
  return typeof value === 'object' && value !== null && 'run' in value && 'status' in value && 'progress' in value;
}

/**
 * Follows a run by the events of the server until it ends; null = none is followed. Gives whether it is followed: the server holds only so many
 * streams open for one token, and whoever is refused asks for the run from time to time instead. `told` and `ended` must be stable.
 */
export function useRunEvents(
  workspace: string,
  run: string | null,
  told: (event: RunEvent) => void,
  ended: () => void,
): boolean {
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    if (run === null) return;
    const source = new EventSource(
      `/v1/workspaces/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(run)}/events`,
    );
    const tell = (message: MessageEvent<string>): void => {
      const event: unknown = JSON.parse(message.data);
      if (isEvent(event)) told(event);
    };
    source.addEventListener('open', () => setOpen(run));
    source.addEventListener('progress', tell);
    source.addEventListener('end', (message) => {
      tell(message);
      source.close();
      setOpen(null);
      ended();
    });
    // The browser tries a broken stream again by itself; one that was refused is closed.
    source.addEventListener('error', () => setOpen(source.readyState === EventSource.CLOSED ? null : run));
    return () => {
      source.close();
      setOpen(null);
    };
  }, [workspace, run, told, ended]);
  return run !== null && open === run;
}
