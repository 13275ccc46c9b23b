import { describeRefusals } from '../../test/conformance/refusals.ts';
import { hubspotCase } from '../../test/harness/hubspot-case.ts';

describeRefusals(hubspotCase);
