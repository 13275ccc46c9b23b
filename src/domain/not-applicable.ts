/** That a statement does not apply, as somebody stated it; the tool itself never declares it. */
export interface NotApplicable {
  readonly model: string;
  readonly criterion: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** The reasons in force, by statement. */
export type NotApplicableReasons = Readonly<Record<string, NotApplicable['reason']>>;
