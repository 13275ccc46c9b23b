import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CatalogueView } from '../../src/report/view/catalogue.ts';
import type { ChangeView } from '../../src/report/view/change.ts';
import type { FiguresView } from '../../src/report/view/figures.ts';
import type { FleetView } from '../../src/report/view/fleet.ts';
import type { SourcesView } from '../../src/report/view/freshness.ts';
import type { GlossaryView } from '../../src/report/view/glossary.ts';
import type { HomeView } from '../../src/report/view/home.ts';
import type { MatrixView } from '../../src/report/view/matrix.ts';
import type { ModelsView } from '../../src/report/view/models.ts';
import type { PathView } from '../../src/report/view/moves.ts';
import type { QuestionsView } from '../../src/report/view/questions.ts';
import type { SaidSeenView } from '../../src/report/view/said-and-seen.ts';
import type { SignalView } from '../../src/report/view/signal.ts';
import type { StatementView } from '../../src/report/view/statement.ts';
import { readInputs } from '../what-if/read-inputs.ts';
import { api, getJson } from './client.ts';
import { dataOf } from './problem.ts';

/** What each view of a workspace gives. */
interface Views {
  readonly home: HomeView;
  readonly matrix: MatrixView;
  readonly statement: StatementView;
  readonly signal: SignalView;
  readonly 'said-and-seen': SaidSeenView;
  readonly path: PathView;
  readonly figures: FiguresView;
  readonly change: ChangeView;
  readonly questions: QuestionsView;
  readonly models: ModelsView;
  readonly sources: SourcesView;
}

/** What a view is asked for; absent = the latest snapshot, by the model that is shown first. */
interface ViewQuery {
  readonly model?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly statement?: string;
  readonly signal?: string;
  readonly against?: string | undefined;
  readonly respondent?: string | undefined;
  readonly role?: string;
  readonly all?: string | undefined;
}

/** A view of a workspace; what it was asked with is part of its key. */
export function viewOptions<Name extends keyof Views>(workspace: string, view: Name, query: ViewQuery = {}) {
  return queryOptions({
    queryKey: ['view', workspace, view, query],
    queryFn: ({ signal }) =>
      getJson<Views[Name]>(`/v1/workspaces/${encodeURIComponent(workspace)}/views/${view}`, { ...query }, signal),
  });
}

export const fleetOptions = queryOptions({
  queryKey: ['fleet'],
  queryFn: () => getJson<FleetView>('/v1/views/fleet'),
});

const HOUR_MS = 3_600_000;

/** Our words in plain English; they change with the program only. */
export function useGlossary() {
  return useQuery({
    queryKey: ['glossary'],
    queryFn: () => getJson<GlossaryView>('/v1/glossary'),
    staleTime: HOUR_MS,
    retry: false,
  });
}

export const workspacesOptions = queryOptions({
  queryKey: ['workspaces'],
  queryFn: () => dataOf(api.GET('/v1/workspaces')),
});

/** What judging a kept snapshot again needs, for the what-if of the path. */
export function whatIfOptions(workspace: string, query: ViewQuery = {}) {
  return queryOptions({
    queryKey: ['what-if', workspace, query],
    queryFn: async ({ signal }) =>
      readInputs(await getJson(`/v1/workspaces/${encodeURIComponent(workspace)}/what-if`, { ...query }, signal)),
  });
}

/** Every signal and statement of the model that is shown; they change with the program and its packs only. */
export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: () => getJson<CatalogueView>('/v1/catalogue'),
    staleTime: HOUR_MS,
  });
}
