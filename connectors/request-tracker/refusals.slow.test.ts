import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { requestTrackerCase } from '../../test/harness/request-tracker-case.ts';

describeRefusals(requestTrackerCase);
describeGrants(requestTrackerCase);
