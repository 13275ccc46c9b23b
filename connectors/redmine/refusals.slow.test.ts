import { describeRefusals } from '../../test/conformance/refusals.ts';
import { redmineCase } from '../../test/harness/redmine-case.ts';

describeRefusals(redmineCase);
