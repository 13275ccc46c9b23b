import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

describeRefusals(zendeskCase);
