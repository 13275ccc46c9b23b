import { describeConnector } from '../../test/conformance/connector.ts';
import { githubCase } from '../../test/harness/github-issues-case.ts';

describeConnector(githubCase);
