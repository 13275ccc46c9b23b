import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { PathView } from '../../../src/report/view/moves.ts';
import { viewOptions, whatIfOptions } from '../../api/queries.ts';
import { Page } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { type JudgeInputs, judgeAgain, NOTHING_SWITCHED, type Switches } from '../../what-if/judge-again.ts';
import { MoveList } from './moves.tsx';
import { Outcome } from './outcome.tsx';
import styles from './path.module.css';
import { StatementSwitches } from './statements.tsx';
import { Target } from './target.tsx';
import { useTracked } from './track.tsx';

function switchedCount({ levels, answers, unseen }: Switches): number {
  return Object.keys(levels).length + Object.keys(answers).length + (unseen === 'as_is' ? 0 : 1);
}

/** A verdict and the time that it took. */
function timed(inputs: JudgeInputs, switches: Switches) {
  const begun = performance.now();
  const placement = judgeAgain(inputs, switches);
  return { placement, tookMs: performance.now() - begun };
}

function Planner(props: {
  readonly path: PathView;
  readonly inputs: JudgeInputs & { readonly notes: readonly string[] };
  readonly workspace: string;
  readonly model: string | undefined;
}) {
  const { path, inputs, workspace, model } = props;
  const [switches, setSwitches] = useState(NOTHING_SWITCHED);
  const kept = useMemo(() => judgeAgain(inputs, NOTHING_SWITCHED), [inputs]);
  const then = useMemo(() => timed(inputs, switches), [inputs, switches]);
  const on = (id: string): boolean => switches.levels[id] === 3;
  const toggle = (id: string, lifted: boolean) => {
    const { [id]: _gone, ...rest } = switches.levels;
    setSwitches({ ...switches, levels: lifted ? { ...rest, [id]: 3 } : rest });
  };
  const tracked = useTracked(workspace, model);
  const shared = { workspace, on, toggle, model, tracked: tracked.data?.moves ?? [] };
  return (
    <div className={styles.split}>
      <div className={styles.column}>
        {inputs.notes.map((note) => (
          <Empty key={note} title="Judged again by other documents" way={note} />
        ))}
        {path.none === null ? null : <Empty title="There is no path yet" way={path.none} />}
        {path.smallest === null ? null : (
          <MoveList
            title={path.same ? 'Fewest moves, and fewest weeks' : 'Fewest moves'}
            path={path.smallest}
            {...shared}
          />
        )}
        {path.same || path.cheapest === null ? null : (
          <MoveList title="Fewest weeks" path={path.cheapest} {...shared} />
        )}
        <StatementSwitches model={inputs.model} workspace={workspace} switches={switches} change={setSwitches} />
      </div>
      <div className={`${styles.stick} ${styles.column}`}>
        <Outcome
          model={inputs.model}
          kept={kept}
          then={then.placement}
          tookMs={then.tookMs}
          switched={switchedCount(switches)}
          reset={() => setSwitches(NOTHING_SWITCHED)}
        />
        {tracked.data === undefined ? null : (
          <Target workspace={workspace} model={inputs.model} target={tracked.data.target} placed={kept.stage} />
        )}
      </div>
    </div>
  );
}

/** Moves to the next step, and what any of them would do. */
export function Path() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const path = useQuery(viewOptions(workspace, 'path', { model, snapshot }));
  const inputs = useQuery(whatIfOptions(workspace, { model, snapshot }));
  return (
    <Page
      title="Path"
      over={workspace}
      lead="What to do next, and what it would change. A move is done when its signals say so, not when somebody does."
    >
      <Await query={path}>
        {(view) => (
          <Await query={inputs}>
            {(given) => <Planner path={view} inputs={given} workspace={workspace} model={model} />}
          </Await>
        )}
      </Await>
    </Page>
  );
}
