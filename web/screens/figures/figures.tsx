import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FigureHead, FigureRow, FiguresView } from '../../../src/report/view/figures.ts';
import { viewOptions } from '../../api/queries.ts';
import { countText, dayText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await } from '../../parts/states.tsx';
import { FigureCourse } from './course.tsx';
import { Durations } from './durations.tsx';
import styles from './figures.module.css';
import { WeekMap } from './week.tsx';

function Figure({ row, head }: { readonly row: FigureRow; readonly head: FigureHead | undefined }) {
  return (
    <div className={styles.row}>
      <span className={styles.title}>{head?.title ?? row.id}</span>
      <span className={styles.value}>{row.text}</span>
      <details className={styles.more}>
        <summary>{row.value === null ? 'Why it is not known' : `Counted ${countText(row.n)}; what it means`}</summary>
        <p>{head?.definition}</p>
        {row.left_out.map((each) => (
          <p key={each.reason}>
            Left out: {countText(each.n)} {each.words}
          </p>
        ))}
        {[head?.differs ?? null, row.source_words].map((line) => (line === null ? null : <p key={line}>{line}</p>))}
      </details>
    </div>
  );
}

/** Durations stand in lines of their own across the screen; all other figures in groups beside each other. */
function Groups({ view }: { readonly view: FiguresView }) {
  const heads = new Map(view.figures.map((head) => [head.id, head]));
  const isDuration = ({ id }: FigureRow): boolean => heads.get(id)?.duration != null;
  const durations = view.groups.flatMap(({ rows }) => rows.filter(isDuration));
  const speed = view.groups.find(({ rows }) => rows.some(isDuration));
  return (
    <>
      {speed === undefined ? null : (
        <Section title={speed.title}>
          <Durations rows={durations} heads={heads} />
        </Section>
      )}
      <div className={styles.groups}>
        {view.groups.map((group) => {
          const rows = group.rows.filter((row) => !isDuration(row));
          return rows.length === 0 ? null : (
            <Section key={group.id} title={group.title}>
              {rows.map((row) => (
                <Figure key={row.id} row={row} head={heads.get(row.id)} />
              ))}
            </Section>
          );
        })}
      </div>
    </>
  );
}

/** Plain service figures: unscored, each with its definition. */
export function Figures() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const query = useQuery(viewOptions(workspace, 'figures'));
  return (
    <Page
      title="Figures"
      over={workspace}
      lead={
        query.data === undefined
          ? undefined
          : `${dayText(query.data.window.first_day)} to ${dayText(query.data.window.last_day)}. ${query.data.zone.sentence}`
      }
    >
      <Await query={query}>
        {(view) => (
          <>
            {view.week === null ? null : <WeekMap week={view.week} />}
            <FigureCourse breakdowns={view.breakdowns} figures={view.figures} />
            <Groups view={view} />
          </>
        )}
      </Await>
    </Page>
  );
}
