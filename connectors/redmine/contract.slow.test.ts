import { describeConnector } from '../../test/conformance/connector.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeConnector(redmineCase);
