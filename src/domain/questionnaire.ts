import type { BaseModel, ModelItem } from './model.ts';

/** What people can be asked about one model, whatever its kind. */
export interface Questionnaire {
  readonly model: {
    readonly id: string;
    readonly title: string;
    readonly source: string;
    readonly extends?: readonly BaseModel[] | undefined;
  };
  /** In the order of the model file. */
  readonly items: readonly ModelItem[];
  /** Answers expire after so many days. */
  readonly expireDays: number;
}
