import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { GapRow } from '../../../src/report/view/disagreements.ts';
import type { SaidSeenView } from '../../../src/report/view/said-and-seen.ts';
import { viewOptions } from '../../api/queries.ts';
import { Dumbbell } from '../../parts/dumbbell.tsx';
import { roleText } from '../../parts/format.ts';
import { StatementLink } from '../../parts/links.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Columns, Page, Section } from '../../parts/section.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import styles from './said-seen.module.css';

interface Props {
  readonly view: SaidSeenView;
  readonly workspace: string;
}

interface Filter {
  readonly area: string;
  readonly role: string;
  readonly sure: 'all' | 'clear';
}

function isWanted(row: GapRow, filter: Filter): boolean {
  return (
    (filter.area === '' || row.area === filter.area) &&
    (filter.role === '' || row.answers.some((answer) => answer.role === filter.role)) &&
    (filter.sure === 'all' || row.flag !== 'none')
  );
}

function Gaps({ view, workspace }: Props) {
  const [filter, setFilter] = useState<Filter>({ area: '', role: '', sure: 'all' });
  const areas = [...new Set(view.rows.map((row) => row.area))].filter((area) => area !== null);
  const roles = [...new Set(view.rows.flatMap((row) => row.answers.map((answer) => answer.role)))];
  const rows = view.rows.filter((row) => isWanted(row, filter));
  return (
    <Section
      title="Statement by statement"
      note={view.summary}
      actions={
        <div className={styles.marks}>
          <Mark kind="said" />
          <Mark kind="seen" />
        </div>
      }
    >
      <div className={styles.filters}>
        {areas.length === 0 ? null : (
          <NativeSelect
            label="Area"
            value={filter.area}
            data={[{ value: '', label: 'all' }, ...areas]}
            onChange={(event) => setFilter({ ...filter, area: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label="Answered by"
          value={filter.role}
          data={[{ value: '', label: 'anybody' }, ...roles.map((role) => ({ value: role, label: roleText(role) }))]}
          onChange={(event) => setFilter({ ...filter, role: event.currentTarget.value })}
        />
        <NativeSelect
          label="How clear"
          value={filter.sure}
          data={[
            { value: 'all', label: 'all gaps' },
            { value: 'clear', label: 'clear ones only' },
          ]}
          onChange={(event) => setFilter({ ...filter, sure: event.currentTarget.value === 'clear' ? 'clear' : 'all' })}
        />
      </div>
      <p className={styles.soft} role="status">
        {rows.length} of {view.rows.length} statements
      </p>
      <div className={styles.scaleHead} aria-hidden="true">
        <span />
        <span>
          <span>1 not there</span>
          <span>2 partly</span>
          <span>3 fully</span>
        </span>
        <span />
      </div>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.id} className={styles.row}>
            <div>
              <StatementLink workspace={workspace} statement={row} className={styles.name} />
              <span className={styles.soft}>{row.sentence}</span>
            </div>
            <Dumbbell said={row.said} seen={row.seen} />
            <div className={styles.flag}>
              {row.flag_words === '' ? (
                <Tag>no clear gap</Tag>
              ) : (
                <Tag tone={row.direction === 'over' ? 'said' : 'seen'}>{row.flag_words}</Tag>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Agreement({ view }: Props) {
  return (
    <Section title="How well both agree">
      <p>{view.agreement?.sentence ?? 'Too few statements can be judged by both sides to say.'}</p>
      <ul className={styles.list}>
        {view.calibration.map((each) => (
          <li key={each.answer}>{each.sentence}</li>
        ))}
      </ul>
      {view.notes.map((note) => (
        <p key={note} className={styles.soft}>
          {note}
        </p>
      ))}
    </Section>
  );
}

function BlindSpots({ view, workspace }: Props) {
  return (
    <Section title="Claims that cannot be checked, and other blind spots">
      {view.blind_spots.length === 0 ? <p className={styles.soft}>None were found.</p> : null}
      {view.blind_spots.map((group) => (
        <div key={group.kind}>
          <h3 className={styles.sub}>{group.title}</h3>
          <ul className={styles.list}>
            {group.rows.map((row) => (
              <li key={row.id}>
                <StatementLink workspace={workspace} statement={row} />
                <span className={styles.soft}>{row.text}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function Roles({ view, workspace }: Props) {
  return (
    <Section title="Where roles disagree">
      {view.roles.length === 0 ? <p className={styles.soft}>Nowhere, or only one role answered.</p> : null}
      <ul className={styles.list}>
        {view.roles.map((row) => (
          <li key={row.id}>
            <StatementLink workspace={workspace} statement={row} />
            <span className={styles.soft}>{row.sentence}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What people say beside what records show, the widest gap first. */
export function SaidSeen() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const query = useQuery(viewOptions(workspace, 'said-and-seen', { model, snapshot }));
  return (
    <Page title="Said and seen" over={workspace} lead={query.data?.stages.sentence}>
      <Await query={query}>
        {(view) =>
          view.nobody !== null ? (
            <Empty title="Nobody has answered yet" way={view.nobody}>
              <Link to="/w/$workspace/questions" params={{ workspace }}>
                Open the questions
              </Link>
            </Empty>
          ) : (
            <>
              {view.rows.length === 0 ? (
                <Empty
                  title="No statement has both an answer and a record yet"
                  way="More answers, or a helpdesk that is read, set them beside each other here."
                />
              ) : (
                <Gaps view={view} workspace={workspace} />
              )}
              <Columns>
                <Agreement view={view} workspace={workspace} />
                <BlindSpots view={view} workspace={workspace} />
                <Roles view={view} workspace={workspace} />
              </Columns>
            </>
          )
        }
      </Await>
    </Page>
  );
}
