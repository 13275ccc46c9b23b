import { salesforce } from '../../connectors/salesforce/index.ts';
import { BIG, id, NOW, ORIGIN, salesforceRoutes } from './salesforce.ts';

type Page = { readonly records: readonly unknown[] };

/** The made-up org, as the suites want it. */
export const salesforceCase = {
  connector: salesforce,
  settings: { url: 'acme', satisfaction: { field: 'Stars__c' } },
  secret: 'sesame-open-session',
  origin: ORIGIN,
  routes: () => salesforceRoutes(),
  // States are read where the org does not keep changes of status and owner.
  spare: ['?', 'CaseHistory2'],
  paged: { stream: 'tickets', route: 'Case' },
  repeatCursor: (page: Record<string, unknown>) => ({
    ...page,
    done: false,
    records: (page as unknown as Page).records.slice(0, 1),
    nextRecordsUrl:
      '/services/data/v60.0/query/Case-eyJhc2tlZCI6eyJzZWxlY3QiOlsiSWQiXSwiYmVsb3ciOltdLCJmcm9tIjoiQ2FzZSJ9LCJpZHMiOltdLCJmcm9tIjowfQ',
  }),
  emptyPage: () => ({ totalSize: 0, done: true, records: [] }),
  spoilRecord: (page: Record<string, unknown>) => ({
    ...page,
    records: [
      { Id: id('500', 1), Status: 'CANARY', SystemModstamp: 'CANARY yesterday' },
      ...(page as unknown as Page).records.slice(1),
    ],
  }),
  forbidden: { stream: 'business-hours', route: 'BusinessHours' },
  bigIds: [
    { table: 'ticket', column: 'id', id: BIG },
    { table: 'message', column: 'ticket_id', id: BIG },
  ],
  canaries: ['canary', 'customer.example', 'acme.example', 'CORE-17', 'atlassian'],
  now: NOW,
} as const;
