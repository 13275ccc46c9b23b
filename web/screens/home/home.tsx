import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { StagedHome } from '../../../src/report/view/home.ts';
import { viewOptions } from '../../api/queries.ts';
import pageStyles from '../../parts/section.module.css';
import { Page, Section } from '../../parts/section.tsx';
import { Await, hasNoData, hasNothing } from '../../parts/states.tsx';
import heroStyles from './hero.module.css';
import { Hero } from './hero.tsx';
import { Ladder } from './ladder.tsx';
import { Disagreements, HoldsBack, NextMoves, Seen } from './lists.tsx';
import { Models } from './models.tsx';
import { NoVerdict } from './no-verdict.tsx';
import { Sheet } from './sheet.tsx';
import { Trend } from './trend.tsx';

function Staged({ home, workspace }: { readonly home: StagedHome; readonly workspace: string }) {
  return (
    <div className={pageStyles.page}>
      <Hero home={home} />
      {home.headline.face === 'not_placed' ? <NoVerdict headline={home.headline} workspace={workspace} /> : null}
      {home.note === null ? null : <p>{home.note}</p>}
      <div className={heroStyles.grid}>
        <div className={heroStyles.column}>
          <Section title="The ladder">
            <Ladder ladder={home.ladder} />
          </Section>
          <NextMoves home={home} workspace={workspace} />
          <Trend trend={home.trend} from={1} to={home.ladder.rungs.length} />
        </div>
        <div className={heroStyles.column}>
          <HoldsBack home={home} workspace={workspace} />
          <Disagreements home={home} workspace={workspace} />
          <Seen home={home} workspace={workspace} />
        </div>
      </div>
      <Models models={home.models} workspace={workspace} />
    </div>
  );
}

/** Where a desk stands, how sure that is, what holds it back and what to do next. */
export function Home() {
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' });
  const { model, snapshot } = useSearch({ from: '/signed-in/w/$workspace' });
  const query = useQuery(viewOptions(workspace, 'home', { model, snapshot }));
  const screen = (
    <Await query={query}>
      {(home) =>
        home.kind === 'staged' ? (
          <Staged home={home} workspace={workspace} />
        ) : (
          <Sheet home={home} workspace={workspace} />
        )
      }
    </Await>
  );
  if (!hasNothing(query)) return screen;
  if (!hasNoData(query))
    return (
      <Page title={workspace}>
        {screen}
        <p>
          <Link to="/">All desks</Link>
        </p>
      </Page>
    );
  return (
    <Page title={workspace} lead="No snapshot has been taken here yet.">
      {screen}
      <p>
        <Link to="/w/$workspace/connections" params={{ workspace }}>
          To the connections: read a helpdesk, then take a snapshot
        </Link>
      </p>
    </Page>
  );
}
