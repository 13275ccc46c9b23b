import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';

describeConnector(jiraCase);
describeRefusals(jiraCase);
