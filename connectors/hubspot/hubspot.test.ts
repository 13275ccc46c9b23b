import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

describeConnector(hubspotCase);
describeRefusals(hubspotCase);
