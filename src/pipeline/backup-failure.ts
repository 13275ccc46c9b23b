import { PlumblineError } from '../errors/index.ts';

/** `place` = file, line and field, as far as known. */
export function badBackup(place: string, what: string, cause?: unknown): PlumblineError {
  return new PlumblineError(
    'BAD_BACKUP',
    `The backup cannot be used: ${place} ${what}.`,
    'Use another backup, or copy this one again from where it was kept.',
    { where: place, cause },
  );
}
