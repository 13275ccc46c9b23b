// Adds up vitest's JSON reports and prints the closing line of CI. A suite without a report counts as a failure, and so does a
// skipped test: everything CI can start must run there. Only suites that name a data set by environment variable may skip without it.
import { existsSync, readFileSync } from 'node:fs';

const [status, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const firstLine = (text) => (text ?? '').split('\n')[0].slice(0, 300);
for (const file of files) {
  if (!existsSync(file)) {
    console.log(`no report: ${file}`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // Only the tail of a long log is kept by most CI servers: what failed is said again right before the sum.
  for (const suite of report.testResults) {
    if (suite.status === 'failed' && suite.assertionResults.every((t) => t.status !== 'failed'))
      console.log(`failed suite: ${suite.name}: ${firstLine(suite.message)}`);
    for (const test of suite.assertionResults)
      if (test.status === 'failed')
        console.log(`failed test: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
  }
  if (report.numTotalTests === 0 || (report.numFailedTestSuites > 0 && report.numFailedTests === 0)) failed += 1;
  const skipped = report.testResults.flatMap((suite) =>
    suite.assertionResults.filter((t) => t.status === 'pending' || t.status === 'skipped'),
  );
  for (const test of skipped) console.log(`skipped in CI: ${test.fullName}`);
  failed += skipped.filter((test) => !test.fullName.includes('SAMPLE_DATASETS')).length;
}
if (status !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
