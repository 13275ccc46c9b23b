/** Which snapshot is looked at, by which model; kept in the address while one goes around in a workspace. */
export interface LookAt {
  readonly model?: string | undefined;
  readonly snapshot?: string | undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What an address says of it; anything else in it is let go. */
export function readLookAt(search: Readonly<Record<string, unknown>>): LookAt {
  return { model: textOf(search.model), snapshot: textOf(search.snapshot) };
}
