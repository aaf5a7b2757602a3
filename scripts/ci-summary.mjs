// Prints what Jest's own results (`--json --outputFile`) count, as the last line of a CI run.
// A suite that could not even start has no tests in Jest's count: each such suite counts as one failure.
// `ci-summary.mjs RESULTS [SECOND]`: suites that ran a second time count as they ended then.
// `ci-summary.mjs --again RESULTS` prints the suites that get a second time: those that failed, when they are few.
import { readFileSync } from 'node:fs';

/** More suites than these do not fail because the machine is busy. */
const FEW = 3;

const [first, second] = process.argv.slice(2);
if (first === '--again') {
  const failed = failedSuites(read(second)?.testResults ?? []);
  if (failed.length <= FEW) console.log(failed.map(({ name }) => name).join('\n'));
} else summary(read(first), second && read(second));

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function failedSuites(suites) {
  return suites.filter(({ status }) => status === 'failed');
}

function failedTests({ assertionResults }) {
  return assertionResults.filter(({ status }) => status === 'failed').length;
}

function summary(results, again) {
  if (!results) {
    console.log('Jest did not run: it left no results');
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  let [passed, failed] = [results.numPassedTests, results.numFailedTests];
  let suites = results.testResults;
  for (const suite of again?.testResults ?? []) {
    const before = suites.find(({ name }) => name === suite.name);
    if (!before) continue;
    const change = failedTests(before) - failedTests(suite);
    console.log(`ci: at first ${failedTests(before)} failed in ${suite.name}, then ${failedTests(suite)}`);
    failed -= change;
    // A suite that did not start had nothing that passed either.
    passed += before.assertionResults.length ? change : suite.assertionResults.length - failedTests(suite);
    suites = suites.map((one) => (one === before ? suite : one));
  }
  const brokenSuites = failedSuites(suites).filter((suite) => failedTests(suite) === 0);
  for (const { name } of brokenSuites) console.log(`ci: this suite did not run: ${name}`);
  failed += brokenSuites.length;
  const skipped = results.numPendingTests + results.numTodoTests;
  if (passed + failed === 0) console.log('Jest ran no test');
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
