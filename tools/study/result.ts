/** What one simulated desk taught: its truth, and what was said of it. Written as one JSON line per desk. */
export interface DeskResult {
  readonly seed: string;
  readonly kind: string;
  readonly thin: boolean;
  readonly vocabulary: string;
  readonly tickets: number;
  readonly truth: Readonly<Record<string, number>>;
  /** Stage by the published gate over the true levels. */
  readonly trueStage: number;
  /** The same gate when every statement that the records show too little of stood at level 3: what they cannot exclude. */
  readonly notExcluded: number;
  /** Stage and its law by who spoke beside the records: nobody, an honest respondent, one who claims everything. */
  readonly stages: Readonly<Record<Voice, StageSaid>>;
  readonly statements: readonly StatementSaid[];
  /** Points (exists, full) of each signal for each statement, records alone. */
  readonly points: readonly {
    readonly signal: string;
    readonly criterion: string;
    readonly points: readonly [number, number];
  }[];
  /** Signals that did not speak, by status and reason. */
  readonly silent: readonly { readonly signal: string; readonly status: string; readonly reason: string | null }[];
  /** Stage with answers of an honest respondent under other constants of the model. */
  readonly variants: Readonly<Record<string, StageSaid>>;
  /** What simpler tools say of the stage. */
  readonly simple: {
    readonly always2: number;
    readonly selfHonest: number;
    readonly selfOver: number;
    readonly thresholds: number;
  };
}

export const VOICES = ['none', 'honest', 'over'] as const;
export type Voice = (typeof VOICES)[number];

export interface StageSaid {
  readonly stage: number | null;
  readonly assured: number | null;
  /** P(stage >= s), s = 1..S. */
  readonly atLeast: readonly number[];
}

/** One statement by the records alone. */
export interface StatementSaid {
  readonly id: string;
  readonly truth: number;
  readonly level: number | null;
  readonly posterior: readonly [number, number, number];
  readonly mass: number;
  readonly seen: boolean;
}
