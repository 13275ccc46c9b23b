import { describeConnector } from '../../test/conformance/connector.ts';
import { fakeRt } from '../../test/harness/request-tracker.ts';
import { requestTrackerCase } from '../../test/harness/request-tracker-case.ts';

describeConnector(requestTrackerCase);
// Rights checked row by row: no totals, and a page behind the last one is empty.
describeConnector({ ...requestTrackerCase, routes: () => fakeRt({ totals: false }) });
// Newer versions: the last page again and again.
describeConnector({ ...requestTrackerCase, routes: () => fakeRt({ clamp: true }) });
