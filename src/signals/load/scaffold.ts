import { PlumblineError } from '../../errors/plumbline-error.ts';
import { ESTIMATORS } from '../estimators/index.ts';
import { didYouMean } from './nearest.ts';
import { type Scaffold, startSignal } from './start-signal.ts';

/**
 * A new signal as two files that load and pass the sandbox, for the author to fill with meaning; one of the estimator `share` measures something
 * at once and has all its cases.
 * Errors: UNKNOWN_NAME for an estimator that does not exist, BAD_USAGE for an id that is not `<catalogue number>-<slug>`.
 */
export function scaffoldSignal(id: string, group: string, estimatorId: string): Scaffold {
  const estimator = ESTIMATORS.get(estimatorId);
  if (estimator === undefined)
    throw new PlumblineError(
      'UNKNOWN_NAME',
      `There is no estimator "${estimatorId}"${didYouMean(estimatorId, ESTIMATORS.keys())}.`,
      `Choose one of ${[...ESTIMATORS.keys()].join(', ')}.`,
    );
  if (!/^[A-Z]\d{1,2}-[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || !/^[a-z]+$/.test(group))
    throw new PlumblineError(
      'BAD_USAGE',
      `"${group}/${id}" is not a signal name.`,
      'Write for example: commitments D3-first-reply-target-met.',
    );
  if (estimatorId === 'share') return startSignal(id, group);
  const columns = Object.entries(estimator.cells)
    .filter(([name, cell]) => cell.required && name !== 'connection' && name !== 'unit')
    .map(([name, cell]) => `    null::${SQL_TYPE[cell.type]} as "${name}"`);
  const title = id.slice(id.indexOf('-') + 1).replaceAll('-', ' ');
  const text = `id: ${id}
version: 1
title: ${title.charAt(0).toUpperCase()}${title.slice(1)}
description: Say what is measured and why it speaks for maturity.
group: ${group}
needs: [tickets]
estimator: ${estimatorId}
${estimatorId === 'quantile-share' ? 'params: { threshold: 3600 }\n' : ''}window: 90d
min_sample: 30
lines: { partial: 0.15, full: 0.85, origin: CONV, source: say where the lines come from }
kind: behaviour
fooled_by: [say what makes it look better than it is]
remedy: Say what to do to make it better.
sql: |
  select t.connection, t.id as unit, t.id as ticket,
${columns.join(',\n')}
  from ticket_h t
  where t.created_at >= $from
`;
  const casesText = `- name: no ticket stream
  missing: [tickets]
  expect: { status: not_observable, reason: stream }
`;
  return { file: `${group}/${id}.yaml`, text, casesFile: `${group}/${id}.cases.yaml`, casesText };
}

const SQL_TYPE = {
  text: 'varchar',
  cluster: 'timestamp',
  time: 'timestamp',
  bool: 'boolean',
  int: 'integer',
  real: 'double',
} as const;
