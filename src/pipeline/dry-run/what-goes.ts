import type { Finding, SampleRef } from '../../domain/finding.ts';
import type { ItemVerdict } from '../../domain/verdict.ts';

/** A signal that had a number and has none now. */
export interface GoneFinding {
  readonly signal: string;
  /** Status that it has now; null = it is not looked at any more. */
  readonly now: Finding['status'] | null;
  readonly reason: string | null;
}

/** Records that a signal counted and does not count now. */
export interface GoneRecords {
  readonly signal: string;
  readonly before: number;
  readonly after: number;
  /** Units more that are left out, by reason; what is no part of the population any more has none. */
  readonly excluded: Readonly<Record<string, number>>;
  /** Records of the kept sample that are not among those shown now. */
  readonly sample: readonly SampleRef[];
}

/** An item that was spoken for and is not now, or is gone. */
export interface GoneItem {
  readonly item: string;
  readonly was: string | null;
  readonly is_there: boolean;
}

/** What changed rules or a changed model take away from one kept measurement. */
export interface WhatGoes {
  readonly findings: readonly GoneFinding[];
  readonly records: readonly GoneRecords[];
  readonly items: readonly GoneItem[];
}

const keyOf = ({ connection, table, id }: SampleRef): string => JSON.stringify([connection, table, id]);

function goneRecords(before: Finding, after: Finding): GoneRecords[] {
  if (after.n >= before.n) return [];
  const shown = new Set(after.sample.map(keyOf));
  const more = Object.entries(after.excluded)
    .map(([reason, units]) => [reason, units - (before.excluded[reason] ?? 0)] as const)
    .filter(([, units]) => units > 0);
  return [
    {
      signal: before.signal,
      before: before.n,
      after: after.n,
      excluded: Object.fromEntries(more),
      sample: before.sample.filter((ref) => !shown.has(keyOf(ref))),
    },
  ];
}

/**
 * What is taken away: findings that were measured and are not, records that are not counted any more, items that nobody speaks for or that are
 * gone. What is added or only judged otherwise is not in it. In the order of `before`; nothing taken away gives empty lists. Pure.
 */
export function findWhatGoes(
  before: { readonly findings: readonly Finding[]; readonly items: readonly ItemVerdict[] },
  after: { readonly findings: readonly Finding[]; readonly items: readonly ItemVerdict[] },
): WhatGoes {
  const findings = new Map(after.findings.map((finding) => [finding.signal, finding]));
  const items = new Map(after.items.map((item) => [item.id, item]));
  const measured = before.findings.filter(({ status }) => status === 'measured');
  return {
    findings: measured.flatMap(({ signal }) => {
      const now = findings.get(signal);
      return now?.status === 'measured' ? [] : [{ signal, now: now?.status ?? null, reason: now?.reason ?? null }];
    }),
    records: measured.flatMap((old) => {
      const now = findings.get(old.signal);
      return now === undefined ? [] : goneRecords(old, now);
    }),
    items: before.items.flatMap(({ id, label }) => {
      const now = items.get(id);
      const speaks = now !== undefined && (now.label !== null || label === null);
      return speaks ? [] : [{ item: id, was: label, is_there: now !== undefined }];
    }),
  };
}
