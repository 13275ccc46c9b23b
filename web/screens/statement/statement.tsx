import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { StatementView } from '../../../src/report/view/statement.ts';
import { viewOptions } from '../../api/queries.ts';
import { dayText, percentText, roleText } from '../../parts/format.ts';
import { SignalLink, StatementLink } from '../../parts/links.tsx';
import { Columns, Page, Section } from '../../parts/section.tsx';
import { Await, Empty, hasNothing } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Resolve } from './resolve.tsx';
import styles from './statement.module.css';
import { Waterfall } from './waterfall.tsx';

interface Props {
  readonly view: StatementView;
  readonly workspace: string;
}

function Levels({ view }: Props) {
  return (
    <Section title="Where it stands" note={view.sentence}>
      <ol className={styles.levels}>
        {view.levels.map((level) => (
          <li key={level.level} className={`${styles.level} ${level.here ? styles.here : ''}`}>
            <span className={styles.digit}>{level.level}</span>
            <span>{level.text}</span>
            <span className={styles.chance}>
              {percentText(level.probability)}
              <span className={styles.track} aria-hidden="true">
                <span style={{ width: `${String(level.probability * 100)}%` }} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Missing({ view, workspace }: Props) {
  if (view.missing.length === 0 && view.unread.length === 0) return null;
  return (
    <Section
      title="What is missing"
      note="None of this counts against the desk. Each line says what would let it speak."
    >
      <ul className={styles.rows}>
        {view.missing.map((signal) => (
          <li key={signal.id} className={styles.row}>
            <div className={styles.rowHead}>
              <SignalLink workspace={workspace} signal={signal} className={styles.name} />
              <Tag>{signal.status.replaceAll('_', ' ')}</Tag>
            </div>
            <p className={styles.soft}>{signal.reason}</p>
            {signal.way_out === null ? null : <p className={styles.soft}>{signal.way_out}</p>}
          </li>
        ))}
        {view.unread.map((each) => (
          <li key={each.signal.id} className={styles.row}>
            <SignalLink workspace={workspace} signal={each.signal} className={styles.name} />
            <p className={styles.soft}>{each.sentence}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Answers({ view, workspace }: Props) {
  return (
    <Section title="What people say" note={view.answers_sentence}>
      {view.answers.length === 0 ? (
        <Empty title="Nobody has answered this" way={`Best placed: ${view.ask.map(roleText).join(', ')}.`}>
          <Link to="/w/$workspace/questions" params={{ workspace }}>
            Answer it
          </Link>
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {view.answers.map((answer) => (
            <li key={answer.respondent} className={styles.row}>
              <div className={styles.rowHead}>
                <span className={styles.name}>{roleText(answer.role)}</span>
                <Tag tone="said">{answer.value === 'dont_know' ? "don't know" : `level ${String(answer.value)}`}</Tag>
              </div>
              <p className={styles.soft}>
                {answer.words} · {dayText(answer.answered_at)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {view.gap === null ? null : <p className={styles.soft}>{view.gap.sentence}</p>}
    </Section>
  );
}

function Action({ view, workspace }: Props) {
  return (
    <Section title="The move that lifts it" actions={<Tag>{view.action.effort_words}</Tag>}>
      <p className={styles.name}>{view.action.title}</p>
      <p className={styles.soft}>{view.action.how}</p>
      {view.gain === null ? null : <p>{view.gain.sentence}</p>}
      {view.action.verified_by.length === 0 ? (
        <p className={styles.soft}>Proof: {view.proof}</p>
      ) : (
        <>
          <p className={styles.soft}>It is done when these say so:</p>
          <ul className={styles.rows}>
            {view.action.verified_by.map((signal) => (
              <li key={signal.id}>
                <SignalLink workspace={workspace} signal={signal} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Body({ view, workspace }: Props) {
  return (
    <Page
      title={view.name}
      over={`${workspace} · ${view.id}${view.area === null ? '' : ` · ${view.area.name}`} · set ${String(view.set)}`}
      lead={view.statement}
      actions={
        <div className={styles.tags}>
          <Tag tone={view.level === '3' ? 'good' : view.level === '1' ? 'bad' : 'warn'}>level {view.level}</Tag>
          {view.not_applicable ? <Tag>not applicable</Tag> : null}
        </div>
      }
    >
      {view.conflict === null ? null : <p className={styles.conflict}>{view.conflict.sentence}</p>}
      <Columns>
        <Levels view={view} workspace={workspace} />
        <Answers view={view} workspace={workspace} />
      </Columns>
      <Section title="The evidence, one line each">
        {view.ledger.length === 0 ? (
          <Empty title="Nothing speaks to this yet" way="See below what would, or ask people." />
        ) : (
          <Waterfall view={view} workspace={workspace} />
        )}
      </Section>
      <Columns>
        <Missing view={view} workspace={workspace} />
        <Action view={view} workspace={workspace} />
        <Resolve view={view} workspace={workspace} />
      </Columns>
      <nav className={styles.nav} aria-label="Neighbouring statements">
        {view.neighbours.before === null ? (
          <span />
        ) : (
          <StatementLink workspace={workspace} statement={view.neighbours.before}>
            ← {view.neighbours.before.name}
          </StatementLink>
        )}
        {view.neighbours.after === null ? null : (
          <StatementLink workspace={workspace} statement={view.neighbours.after}>
            {view.neighbours.after.name} →
          </StatementLink>
        )}
      </nav>
    </Page>
  );
}

/** One statement: its level, its evidence, what is missing, what people say, and the move that lifts it. */
export function Statement() {
  const { workspace, statement } = useParams({ from: '/signed-in/w/$workspace/statements/$statement' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const query = useQuery(viewOptions(workspace, 'statement', { model, snapshot, statement }));
  const screen = <Await query={query}>{(view) => <Body view={view} workspace={workspace} />}</Await>;
  return hasNothing(query) ? (
    <Page title={`Statement ${statement}`} over={workspace}>
      {screen}
    </Page>
  ) : (
    screen
  );
}
