import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { SignalView } from '../../../src/report/view/signal.ts';
import { viewOptions } from '../../api/queries.ts';
import { countText, dayText, percentText } from '../../parts/format.ts';
import { RecordRef, StatementLink } from '../../parts/links.tsx';
import { Columns, Page, Section } from '../../parts/section.tsx';
import { Await, Empty, hasNothing } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Term } from '../../parts/term.tsx';
import { Course } from './course.tsx';
import { NumberLine } from './number-line.tsx';
import styles from './signal.module.css';
import { Sql } from './sql.tsx';

interface Props {
  readonly view: SignalView;
  readonly workspace: string;
}

function NumberPart({ view }: Props) {
  const { lines } = view;
  return (
    <Section title="The number" note={view.sentence}>
      {view.text === null ? (
        <Empty title="No number" way={view.way_out ?? view.detail ?? undefined} />
      ) : (
        <>
          <p className={styles.number}>{view.text}</p>
          {view.interval_text === null ? null : (
            <p className={styles.soft}>
              <Term word="interval">95 % interval</Term> {view.interval_text}
            </p>
          )}
          <NumberLine view={view} />
        </>
      )}
      <dl className={styles.facts}>
        <dt>Looked at</dt>
        <dd>
          {countText(view.n)} {view.sample_unit}
        </dd>
        {view.passes.partly === null ? null : (
          <>
            <dt>Passes the line for partly</dt>
            <dd>{percentText(view.passes.partly)}</dd>
          </>
        )}
        {view.passes.fully === null ? null : (
          <>
            <dt>Passes the line for fully</dt>
            <dd>{percentText(view.passes.fully)}</dd>
          </>
        )}
        <dt>Window</dt>
        <dd>
          {dayText(view.window.from)} to {dayText(view.window.last_day)}
        </dd>
        <dt>Lines come from</dt>
        <dd>
          {lines.origin_words}: {lines.source}
        </dd>
        {view.clocks.map((clock) => (
          <div key={clock.name} style={{ display: 'contents' }}>
            <dt>{clock.name}</dt>
            <dd>{clock.text}</dd>
          </div>
        ))}
      </dl>
      {view.notes.map((note) => (
        <p key={note} className={styles.soft}>
          {note}
        </p>
      ))}
    </Section>
  );
}

function LeftOut({ view }: Props) {
  const nothing = view.left_out.length === 0 && view.population === null && view.imported === null;
  return (
    <Section title="What it leaves out">
      {nothing ? <p className={styles.soft}>Nothing in this window.</p> : null}
      <ul className={styles.list}>
        {view.left_out.map((each) => (
          <li key={each.reason}>{each.words}</li>
        ))}
      </ul>
      {[view.population, view.imported].map((line) =>
        line === null ? null : (
          <p key={line} className={styles.soft}>
            {line}
          </p>
        ),
      )}
    </Section>
  );
}

function Fooled({ view }: Props) {
  return (
    <Section title="What fools it">
      <ul className={styles.list}>
        {view.fooled_by.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <p className={styles.soft}>To make it better: {view.remedy}</p>
    </Section>
  );
}

function Tickets({ view }: Props) {
  const groups = [
    ['They follow it', true],
    ['They do not', false],
    ['Neither', null],
  ] as const;
  if (view.tickets.length === 0) return null;
  return (
    <Section title="Records behind it" note="A sample; each opens in the helpdesk, which asks for your own sign-in.">
      {groups.map(([title, hit]) => {
        const own = view.tickets.filter((record) => record.hit === hit);
        if (own.length === 0) return null;
        return (
          <div key={title}>
            <h3 className={styles.sub}>{title}</h3>
            <ul className={styles.tickets}>
              {own.slice(0, 20).map((record) => (
                <li key={`${record.table}-${record.id}`}>
                  <RecordRef record={record} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

function SpeaksFor({ view, workspace }: Props) {
  if (view.speaks_for.length === 0) return null;
  return (
    <Section title="What it speaks for">
      <ul className={styles.list}>
        {view.speaks_for.map((statement) => (
          <li key={statement.id}>
            <StatementLink workspace={workspace} statement={statement} />
            <p className={styles.soft}>{statement.sentence}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Body({ view, workspace }: Props) {
  return (
    <Page
      title={view.signal.title}
      over={`${workspace} · signal ${view.signal.short}, version ${String(view.version)}`}
      lead={view.description}
      actions={<Tag tone={view.status === 'measured' ? 'seen' : 'plain'}>{view.status.replaceAll('_', ' ')}</Tag>}
    >
      <Columns>
        <NumberPart view={view} workspace={workspace} />
        <div className={styles.stack}>
          <Course view={view} />
          <SpeaksFor view={view} workspace={workspace} />
        </div>
      </Columns>
      <Columns>
        <LeftOut view={view} workspace={workspace} />
        <Fooled view={view} workspace={workspace} />
      </Columns>
      <Tickets view={view} workspace={workspace} />
      <Section title="How it is worked out" note={`Estimator ${view.estimator}; needs ${view.needs.join(', ')}.`}>
        <Sql text={view.sql} />
      </Section>
    </Page>
  );
}

/** One signal: its number against its lines, its course, what it leaves out, and how it is worked out. */
export function Signal() {
  const { workspace, signal } = useParams({ from: '/signed-in/w/$workspace/signals/$signal' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const query = useQuery(viewOptions(workspace, 'signal', { model, snapshot, signal }));
  const screen = <Await query={query}>{(view) => <Body view={view} workspace={workspace} />}</Await>;
  return hasNothing(query) ? (
    <Page title={`Signal ${signal}`} over={workspace}>
      {screen}
    </Page>
  ) : (
    screen
  );
}
