import { describeConnector } from '../../test/conformance/connector.ts';
import { gorgiasCase } from '../../test/harness/gorgias-case.ts';

describeConnector(gorgiasCase);
