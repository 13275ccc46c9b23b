import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeConnector(redmineCase);
describeRefusals(redmineCase);
