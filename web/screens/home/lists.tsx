import { Link } from '@tanstack/react-router';
import type { StagedHome } from '../../../src/report/view/home.ts';
import { Dumbbell } from '../../parts/dumbbell.tsx';
import { StatementLink } from '../../parts/links.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/section.tsx';
import { Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './lists.module.css';

interface Props {
  readonly home: StagedHome;
  readonly workspace: string;
}

/** In a sentence what keeps the desk from the next step, and the statements that hold most. */
export function HoldsBack({ home, workspace }: Props) {
  const { holds_back } = home;
  return (
    <Section title={holds_back.target === null ? 'What holds it back' : `What stands before ${holds_back.target.text}`}>
      {holds_back.statements.length === 0 ? <Empty title={holds_back.sentence} /> : null}
      <ul className={styles.list}>
        {holds_back.statements.slice(0, 4).map((statement) => (
          <li key={statement.id} className={styles.item}>
            <StatementLink workspace={workspace} statement={statement} className={styles.name} />
            <Tag tone={statement.state === 'not_there' ? 'bad' : statement.state === 'partly' ? 'warn' : 'plain'}>
              {statement.state.replaceAll('_', ' ')}
            </Tag>
            <p className={styles.text}>{statement.sentence}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The next three moves. */
export function NextMoves({ home, workspace }: Props) {
  const { moves } = home;
  if (moves === null) return null;
  return (
    <Section title="Next moves" note={moves.sentence}>
      {moves.moves.length === 0 ? (
        <Empty title={moves.nothing_left ?? 'Nothing left to do for the next step'} />
      ) : (
        <ol className={styles.list}>
          {moves.moves.map((move) => (
            <li key={move.statement.id} className={styles.item}>
              <StatementLink workspace={workspace} statement={move.statement} className={styles.name}>
                {move.title}
              </StatementLink>
              <span className={styles.gain}>{move.gain_words}</span>
              <p className={styles.text}>
                {move.statement.name} · takes {move.effort_words}
              </p>
            </li>
          ))}
        </ol>
      )}
      <p className={styles.more}>
        <Link to="/w/$workspace/path" params={{ workspace }}>
          {moves.more > 0 ? `All moves and what-if (${String(moves.more)} more)` : 'The path and what-if'}
        </Link>
      </p>
    </Section>
  );
}

/** The five widest gaps between what is said and what is seen. */
export function Disagreements({ home, workspace }: Props) {
  const { disagreements } = home;
  return (
    <Section title="Where people and records part">
      {disagreements === null ? (
        <Empty
          title="Nobody has answered yet"
          way="Ask people what the records cannot show, then both stand side by side."
        >
          <Link to="/w/$workspace/questions" params={{ workspace }}>
            Open the questions
          </Link>
        </Empty>
      ) : (
        <>
          <p className={styles.lead}>{disagreements.stages.sentence}</p>
          <ul className={styles.list}>
            {disagreements.rows.map((row) => (
              <li key={row.id} className={styles.gap}>
                <div>
                  <StatementLink workspace={workspace} statement={row} className={styles.name} />
                  <p className={styles.text}>{row.flag_words === '' ? 'within what chance gives' : row.flag_words}</p>
                </div>
                <Dumbbell said={row.said} seen={row.seen} />
              </li>
            ))}
          </ul>
          <p className={`${styles.more} ${styles.stages}`}>
            <Mark kind="said" />
            <Mark kind="seen" />
            <Link to="/w/$workspace/said-and-seen" params={{ workspace }}>
              All of them{disagreements.more > 0 ? ` (${String(disagreements.more)} more)` : ''}
            </Link>
          </p>
        </>
      )}
    </Section>
  );
}

/** How much was seen, and what stayed dark with the way to light. */
export function Seen({ home }: Props) {
  const { unseen } = home;
  return (
    <Section title="How much was seen" note={unseen.sentence}>
      {unseen.share === null ? null : (
        <div className={styles.meter} aria-hidden="true">
          <span style={{ width: `${String(unseen.share * 100)}%` }} />
        </div>
      )}
      <ul className={styles.list}>
        {unseen.groups.map((group) => (
          <li key={group.reason} className={styles.item}>
            <span className={styles.small}>{group.words}</span>
            <Tag>{group.signals.length}</Tag>
            {group.way_out === null ? null : <p className={styles.text}>{group.way_out}</p>}
          </li>
        ))}
      </ul>
      {[unseen.unread, unseen.left_out].map((line) =>
        line === null ? null : (
          <p key={line} className={styles.more}>
            {line}
          </p>
        ),
      )}
    </Section>
  );
}
