import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { jiraCase } from '../../test/harness/jira-service-management-case.ts';

describeRefusals(jiraCase);
describeGrants(jiraCase);
