import { describeConnector } from '../../test/conformance/connector.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { githubCase } from '../../test/harness/github-issues-case.ts';

describeConnector(githubCase);
describeRefusals(githubCase);
