// Prints what Jest's own results (`--json --outputFile`) count, as the last line of a CI run.
// A suite that could not even start has no tests in Jest's count: each such suite counts as one failure.
import { readFileSync } from 'node:fs';

let results;
try {
  results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
} catch {
  console.log('Jest did not run: it left no results');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const brokenSuites = results.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
for (const { name } of brokenSuites) console.log(`ci: this suite did not run: ${name}`);
const passed = results.numPassedTests;
const failed = results.numFailedTests + brokenSuites.length;
const skipped = results.numPendingTests + results.numTodoTests;
if (passed + failed === 0) console.log('Jest ran no test');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
