import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { serviceNowCase } from '../../test/harness/servicenow-case.ts';

describeRefusals(serviceNowCase);
describeGrants({ ...serviceNowCase, owing: 'claims and values' });
