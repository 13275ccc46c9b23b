/** One difference between two models. */
export interface ModelDifference {
  /** Names from the top of the file down, e.g. criteria, S1.1, families, who-replies, signals, A1-…, alpha. */
  readonly path: readonly string[];
  readonly what: 'changed' | 'added' | 'removed' | 'line';
  /** Null where there is none. */
  readonly before: unknown;
  readonly after: unknown;
}
