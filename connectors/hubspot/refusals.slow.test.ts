import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

describeRefusals(hubspotCase);
describeGrants({ ...hubspotCase, owing: 'claims and values' });
