import { describeConnector } from '../../test/conformance/connector.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

describeConnector(hubspotCase);
