import type { SqlRow } from '../../domain/sql-session.ts';
import { designEffect, passShare, wilson } from '../math/shares.ts';
import { type Lines, num, passAt } from './estimator.ts';

/** Share of volume of the largest organisation above which organisations, not weeks, are the clusters (inference rule). */
const TOP_ORGANISATION_SHARE = 0.2;

/** Columns of a source that `shareSums` adds up. */
interface ShareColumns {
  /** Boolean expression. */
  readonly hit: string;
  /** Whole-number expression: how many units the row stands for. */
  readonly weight: string;
  /** Extra grouping columns, e.g. `metric`. */
  readonly by?: string;
}

/**
 * SQL that reduces share rows to one row per group: n, k, and the cluster sums by week and by organisation (units without an organisation are
 * clusters of one). All sums are of whole numbers, so that threads cannot change them. The rows are read once and only counted, by all that can
 * differ in them: what follows adds up a few thousand counts.
 */
export function shareSums(source: string, { hit, weight, by }: ShareColumns): string {
  const keys = by === undefined ? '' : `${by}, `;
  const group = by === undefined ? '' : `group by ${by}`;
  const join = by === undefined ? 'on true' : `using (${by})`;
  return `
with base as (select ${keys}"cluster" as week, connection, organisation, (${weight})::bigint as w,
    case when ${hit} then (${weight})::bigint else 0 end as h from (${source})),
counted as (select ${keys}connection, week, organisation, w, h, count(*) as c from base group by ${keys}connection, week, organisation, w, h),
cells as materialized (select ${keys}connection, week, organisation, sum(c) as row_count, sum(c::hugeint * w) as w, sum(c::hugeint * h) as h,
    sum(c::hugeint * h * h) as kk, sum(c::hugeint * h * w) as kn, sum(c::hugeint * w * w) as nn from counted group by ${keys}connection, week, organisation),
weeks as (select ${keys}sum(w) as w, sum(h) as h from cells group by ${keys}connection, week),
orgs as (select ${keys}1 as clusters, w * w as nn, h * w as kn, h * h as kk, w as top
    from (select ${keys}sum(w) as w, sum(h) as h from cells where organisation is not null group by ${keys}connection, organisation)
  union all select ${keys}row_count, nn, kn, kk, null from cells where organisation is null),
totals as (select ${keys}coalesce(sum(row_count), 0) as row_count, coalesce(sum(w), 0) as n, coalesce(sum(h), 0) as k from cells ${group}),
week_sums as (select ${keys}count(*) as week_clusters, sum(h * h) as week_kk, sum(h * w) as week_kn, sum(w * w) as week_nn from weeks ${group}),
org_sums as (select ${keys}coalesce(sum(clusters), 0) as org_clusters, sum(kk) as org_kk, sum(kn) as org_kn, sum(nn) as org_nn,
    max(top) as org_top from orgs ${group})
select ${keys}row_count::double as row_count, n::double as n, k::double as k, week_clusters::double as week_clusters, week_kk::double as week_kk,
  week_kn::double as week_kn, week_nn::double as week_nn, org_clusters::double as org_clusters, org_kk::double as org_kk,
  org_kn::double as org_kn, org_nn::double as org_nn, org_top::double as org_top
from totals left join week_sums ${join} left join org_sums ${join}${by === undefined ? '' : ` order by ${by}`}`;
}

export interface ShareFigures {
  readonly n: number;
  readonly k: number;
  readonly p: number;
  readonly deff: number;
  readonly nEffective: number;
  readonly interval: readonly [number, number];
  readonly q2: number | null;
  readonly q3: number | null;
  readonly clusteredBy: 'week' | 'organisation';
  readonly clusters: number;
}

/**
 * The one uncertainty rule: share k/n, deff from ISO weeks (or organisations when the top one holds more than 20 % of volume), pass
 * probability from Beta(k/deff + 1/2, (n-k)/deff + 1/2), Wilson 95 % on n/deff. Null when there is no unit.
 */
export function shareFigures(row: SqlRow | undefined, lines: Lines): ShareFigures | null {
  const n = num(row, 'n');
  const k = num(row, 'k');
  if (n <= 0) return null;
  const byOrganisation = num(row, 'org_top') > TOP_ORGANISATION_SHARE * n;
  const prefix = byOrganisation ? 'org' : 'week';
  const clusters = num(row, `${prefix}_clusters`);
  const deff = designEffect(k, n, {
    clusters,
    kk: num(row, `${prefix}_kk`),
    kn: num(row, `${prefix}_kn`),
    nn: num(row, `${prefix}_nn`),
  });
  const nEffective = n / deff;
  return {
    n,
    k,
    p: k / n,
    deff,
    nEffective,
    interval: wilson(k / deff, nEffective),
    ...passAt(lines, (line) => passShare(k / deff, nEffective, line)),
    clusteredBy: byOrganisation ? 'organisation' : 'week',
    clusters,
  };
}
