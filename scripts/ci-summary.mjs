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

/** Tests of a suite by how they ended. */
function countsOf({ assertionResults }) {
  const of = (...ends) => assertionResults.filter(({ status }) => ends.includes(status)).length;
  return {
    passed: of('passed'),
    failed: of('failed'),
    skipped: of('pending', 'skipped', 'todo', 'disabled'),
  };
}

function summary(results, again) {
  if (!results) {
    console.log('Jest did not run: it left no results');
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
    return;
  }
  const total = {
    passed: results.numPassedTests,
    failed: results.numFailedTests,
    skipped: results.numPendingTests + results.numTodoTests,
  };
  let suites = results.testResults;
  for (const suite of again?.testResults ?? []) {
    const before = suites.find(({ name }) => name === suite.name);
    if (!before) continue;
    const [then, now] = [countsOf(before), countsOf(suite)];
    console.log(`ci: at first ${then.failed} failed in ${suite.name}, then ${now.failed}`);
    for (const end of Object.keys(total)) total[end] += now[end] - then[end];
    suites = suites.map((one) => (one === before ? suite : one));
    if (now.passed + now.failed >= then.passed + then.failed) continue;
    console.log(`ci: the second time fewer tests ran in ${suite.name}`);
    total.failed += 1;
  }
  const brokenSuites = failedSuites(suites).filter((suite) => countsOf(suite).failed === 0);
  for (const { name } of brokenSuites) console.log(`ci: this suite did not run: ${name}`);
  const { passed, skipped } = total;
  const failed = total.failed + brokenSuites.length;
  if (passed + failed === 0) console.log('Jest ran no test');
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
