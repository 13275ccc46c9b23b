import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ChangeView } from '../../../src/report/view/change.ts';
import { viewOptions } from '../../api/queries.ts';
import { useSnapshots } from '../../api/use-snapshots.ts';
import { dayText, lastDayText, signedText } from '../../parts/format.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './change.module.css';

type Side = ChangeView['before'];

function SideBox({ title, side }: { readonly title: string; readonly side: Side }) {
  return (
    <div className={styles.side}>
      <p className={styles.soft}>
        {title} · to {dayText(side.last_day)}
      </p>
      <p className={styles.stage}>{side.step === null ? 'Not placed' : side.step.text}</p>
      <p className={styles.soft}>{side.sentence}</p>
    </div>
  );
}

function Causes({ view }: { readonly view: ChangeView }) {
  const most = Math.max(...view.causes.map((cause) => Math.abs(cause.change)), 1);
  return (
    <Section
      title="Why"
      note="Bars are the change of all evidence, in decibans: to the right for more maturity, to the left for less."
    >
      {view.causes.length === 0 ? <Empty title="Nothing noticeable changed" /> : null}
      <ul className={styles.causes}>
        {view.causes.map((cause) => {
          const share = (Math.abs(cause.change) / most) * 50;
          return (
            <li key={cause.cause} className={styles.cause}>
              <strong>{cause.cause}</strong>
              <span>{cause.sentence}</span>
              <span className={styles.lane} aria-hidden="true">
                <span
                  className={cause.change >= 0 ? styles.up : styles.down}
                  style={{ left: `${String(cause.change >= 0 ? 50 : 50 - share)}%`, width: `${String(share)}%` }}
                />
              </span>
              <span className={styles.number}>{signedText(cause.change)} dB</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

type Changed = ChangeView['statements'][number];

function StatementChange({ statement, workspace }: { readonly statement: Changed; readonly workspace: string }) {
  const stays = statement.level_before === statement.level_after;
  return (
    <li className={styles.statement}>
      <div className={styles.head}>
        <StatementLink workspace={workspace} statement={statement} className={styles.name} />
        <Tag tone={stays ? 'plain' : statement.change > 0 ? 'good' : 'warn'}>{statement.turn}</Tag>
      </div>
      <p className={styles.soft}>{statement.sentence}</p>
      <details className={styles.lines}>
        <summary>
          {statement.lines.length === 1 ? 'One line' : `${String(statement.lines.length)} lines`} of evidence
        </summary>
        <ul>
          {statement.lines.map((line) => (
            <li key={`${line.ref} ${line.cause}`}>
              {line.sentence} ({line.cause})
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

const FIRST_SHOWN = 8;

function Statements({ view, workspace }: { readonly view: ChangeView; readonly workspace: string }) {
  const [all, setAll] = useState(false);
  if (view.statements.length === 0) return null;
  const shown = all ? view.statements : view.statements.slice(0, FIRST_SHOWN);
  return (
    <Section title="Statement by statement" note="Those that changed most come first.">
      <ul className={styles.causes}>
        {shown.map((statement) => (
          <StatementChange key={statement.id} statement={statement} workspace={workspace} />
        ))}
      </ul>
      {shown.length === view.statements.length ? null : (
        <Button variant="default" size="xs" onClick={() => setAll(true)}>
          Show all {view.statements.length}
        </Button>
      )}
    </Section>
  );
}

/** Two snapshots beside each other: what changed, and whether it was the desk or only what is known of it. */
export function Change() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const [chosen, setChosen] = useState<string | null>(null);
  const heads = useSnapshots(workspace, model);
  const snapshots = heads.data?.snapshots ?? [];
  const against = chosen ?? snapshots[1]?.digest;
  const query = useQuery({
    ...viewOptions(workspace, 'change', { model, snapshot, against }),
    enabled: against !== undefined,
  });
  return (
    <Page
      title="Change"
      over={workspace}
      lead={query.data?.sentence}
      actions={
        snapshots.length < 2 ? null : (
          <NativeSelect
            label="Compare the latest with"
            value={against ?? ''}
            data={snapshots.slice(1).map((head) => ({ value: head.digest, label: lastDayText(head.as_of) }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )
      }
    >
      <Await query={heads}>
        {() =>
          against === undefined ? (
            <Empty
              title="There is only one snapshot"
              way="Take another one later, or have past months filled in by a backfill."
            />
          ) : (
            <Await query={query}>
              {(view) => (
                <>
                  <Section title="Then and now">
                    <div className={styles.sides}>
                      <SideBox title="Before" side={view.before} />
                      <span aria-hidden="true">→</span>
                      <SideBox title="After" side={view.after} />
                    </div>
                    {view.note === null ? null : <p className={styles.soft}>{view.note}</p>}
                  </Section>
                  <Causes view={view} />
                  <Statements view={view} workspace={workspace} />
                </>
              )}
            </Await>
          )
        }
      </Await>
    </Page>
  );
}
