import { describeRefusals } from '../../test/conformance/refusals.ts';
import { zohoDeskCase } from '../../test/harness/zoho-desk-case.ts';

describeRefusals(zohoDeskCase);
