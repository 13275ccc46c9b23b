import { describeGrants } from '../../test/conformance/grants.ts';
import { describeRefusals } from '../../test/conformance/refusals.ts';
import { githubCase } from '../../test/harness/github-issues-case.ts';

describeRefusals(githubCase);
describeGrants(githubCase);
