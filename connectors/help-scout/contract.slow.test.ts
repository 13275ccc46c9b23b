import { describeConnector } from '../../test/conformance/connector.ts';
import { helpScoutCase } from '../../test/harness/help-scout-case.ts';

describeConnector(helpScoutCase);
