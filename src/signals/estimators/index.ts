import { attainment } from './attainment.ts';
import { controlLimits } from './control-limits.ts';
import { count } from './count.ts';
import { coverage } from './coverage.ts';
import type { Estimator } from './estimator.ts';
import { evenness } from './evenness.ts';
import { figure } from './figure.ts';
import { precedence } from './precedence.ts';
import { presence } from './presence.ts';
import { quantileShare } from './quantile-share.ts';
import { ratio } from './ratio.ts';
import { runs } from './runs.ts';
import { share } from './share.ts';
import { skillStructure } from './skill-structure.ts';
import { trend } from './trend.ts';

/** Every estimator that a signal may name. */
export const ESTIMATORS: ReadonlyMap<string, Estimator> = new Map(
  [
    attainment,
    controlLimits,
    count,
    coverage,
    evenness,
    figure,
    precedence,
    presence,
    quantileShare,
    ratio,
    runs,
    share,
    skillStructure,
    trend,
  ].map((estimator) => [estimator.id, estimator]),
);
