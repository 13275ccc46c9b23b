/** What a staged model shows beside its verdict and never mixes into it. */

/** What telemetry could show of one set if every signal stood at its best. */
export interface SetReach {
  readonly set: number;
  readonly items: number;
  /** Items that it could show to be there at least partly, and fully. */
  readonly partly: number;
  readonly fully: number;
  /** Mean implementation degree that it could show, 0..1. */
  readonly degree: number;
  /** Items that no signal could show fully: people have to speak for them. */
  readonly people: readonly string[];
}

export interface TelemetryReach {
  readonly sets: readonly SetReach[];
  /** Highest stage of which, and of all below it, telemetry could show the own set largely in place; 1 at least. */
  readonly cap: number;
}

export interface GroupReading {
  readonly id: string;
  readonly name: string;
  readonly respondents: number;
  /** Stage by the answers of this group alone; null while nobody of it answered. */
  readonly stage: number | null;
}

/** The question that would settle a difference between groups. */
export interface SettlingQuestion {
  readonly criterion: string;
  /** Fall of P(stage >= the biased group's stage), 0..1, if it turned out to be not there. */
  readonly weight: number;
  /** Mean answers 1..3 by group, of those who answered it. */
  readonly means: readonly { readonly group: string; readonly mean: number }[];
  /** Groups to ask: the others that have not answered it, or all others where all have. */
  readonly ask: readonly string[];
}

export interface RoleReading {
  readonly groups: readonly GroupReading[];
  /** Stages by which the group with the stated bias stands above each other one that answered; negative = below. */
  readonly apart: readonly { readonly group: string; readonly stages: number }[];
  readonly settle: SettlingQuestion | null;
}

/** Why the lower of two verdicts is lower, told by one item that holds it down there. */
export interface ContrastReason {
  /** Item of the lower model. */
  readonly item: string;
  readonly name: string;
  /** Signals that hold it down, or all of its signals where none speaks against it; empty = only people can speak for it. */
  readonly signals: readonly string[];
  /** Those of them that both models look at; empty when the higher model looks at none. */
  readonly shared: readonly string[];
  /** Items of the higher model that look at these signals. */
  readonly elsewhere: readonly { readonly item: string; readonly set: number }[];
  readonly kind: 'not_asked' | 'asked_later' | 'weighed_otherwise';
}

export interface Contrast {
  readonly higher: string;
  readonly lower: string;
  /** Places on a common scale: (stage - 1) / (stages - 1), 0..1. */
  readonly heights: readonly [higher: number, lower: number];
  readonly reasons: readonly ContrastReason[];
}

/** One use of a signal by an item of a model. */
export interface CrosswalkUse {
  readonly model: string;
  readonly item: string;
  readonly name: string;
  /** Stage of the item; null in models without stages. */
  readonly set: number | null;
  /** Levels that the signal may speak to there: 2 = that it exists, 3 = that it is in place fully. */
  readonly levels: readonly (2 | 3)[];
  readonly one_sided: boolean;
  /** Not finding it counts against level 3 alone. */
  readonly exists_one_sided: boolean;
  /** Decibans that it may add or take away at each level it speaks to, at most. */
  readonly most: number | null;
}

export interface CrosswalkRow {
  readonly signal: string;
  readonly title: string;
  readonly uses: readonly CrosswalkUse[];
}
