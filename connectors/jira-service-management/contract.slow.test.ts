import { describeConnector } from '../../test/conformance/connector.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';

describeConnector(jiraCase);
