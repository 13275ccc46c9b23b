import { Checkbox } from '@mantine/core';
import type { MovesView } from '../../../src/report/view/moves.ts';
import { SignalLink, StatementLink } from '../../parts/links.tsx';
import { Section } from '../../parts/section.tsx';
import { Empty } from '../../parts/states.tsx';
import styles from './path.module.css';
import { Track, type Tracked } from './track.tsx';

/** Moves of one path, each to be switched on and off. */
export function MoveList(props: {
  readonly title: string;
  readonly path: MovesView;
  readonly workspace: string;
  readonly on: (statement: string) => boolean;
  readonly toggle: (statement: string, on: boolean) => void;
  readonly model: string | undefined;
  readonly tracked: readonly Tracked[];
}) {
  const { path, workspace } = props;
  return (
    <Section title={props.title} note={path.sentence}>
      {path.moves.length === 0 ? <Empty title={path.nothing_left ?? 'Nothing left to do'} /> : null}
      <ol className={styles.moves}>
        {path.moves.map((move) => (
          <li key={move.statement.id} className={styles.move}>
            <Checkbox
              aria-label={`What if: ${move.title}`}
              checked={props.on(move.statement.id)}
              onChange={(event) => props.toggle(move.statement.id, event.currentTarget.checked)}
            />
            <span className={styles.title}>{move.title}</span>
            <span className={styles.gain}>{move.gain_words}</span>
            <div className={styles.rest}>
              <p>{move.how}</p>
              <p>
                Takes {move.effort_words} · <StatementLink workspace={workspace} statement={move.statement} />
              </p>
              {move.verified_by.length === 0 ? null : (
                <p>
                  Done when{' '}
                  {move.verified_by.map((signal, index) => (
                    <span key={signal.id}>
                      {index === 0 ? '' : ', '}
                      <SignalLink workspace={workspace} signal={signal} />
                    </span>
                  ))}{' '}
                  say so
                </p>
              )}
              <Track
                workspace={workspace}
                statement={move.statement.id}
                model={props.model}
                tracked={props.tracked.find((each) => each.criterion === move.statement.id)}
              />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
