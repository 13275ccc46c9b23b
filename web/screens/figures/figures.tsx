import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { FigureRow } from '../../../src/report/view/figures.ts';
import { viewOptions } from '../../api/queries.ts';
import { countText, dayText } from '../../parts/format.ts';
import { Page, Section } from '../../parts/section.tsx';
import { Await } from '../../parts/states.tsx';
import { FigureCourse } from './course.tsx';
import styles from './figures.module.css';
import { WeekMap } from './week.tsx';

function Figure({ row }: { readonly row: FigureRow }) {
  return (
    <div className={styles.row}>
      <span className={styles.title}>{row.title}</span>
      <span className={styles.value}>{row.text}</span>
      <details className={styles.more}>
        <summary>{row.value === null ? 'Why it is not known' : `Counted ${countText(row.n)}; what it means`}</summary>
        <p>{row.definition}</p>
        {row.left_out.map((each) => (
          <p key={each.reason}>
            Left out: {countText(each.n)} {each.words}
          </p>
        ))}
        {[row.differs, row.source_words].map((line) => (line === null ? null : <p key={line}>{line}</p>))}
      </details>
    </div>
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
            <FigureCourse breakdowns={view.breakdowns} />
            <div className={styles.groups}>
              {view.groups.map((group) => (
                <Section key={group.id} title={group.title}>
                  {group.rows.map((row) => (
                    <Figure key={row.id} row={row} />
                  ))}
                </Section>
              ))}
            </div>
          </>
        )}
      </Await>
    </Page>
  );
}
