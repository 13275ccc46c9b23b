import { describeConnector } from '../../test/conformance/connector.ts';
import { zohoDeskCase } from '../../test/harness/zoho-desk-case.ts';

describeConnector(zohoDeskCase);
