// `npm run bench -- NAME …` runs bench/NAME.ts (built into dist/bench; what several share lies in folders below),
// `npm run bench` all of them,
// `npm run bench -- --list` names them. Each is printed with the command that repeats it.
// What stands after the names and starts with `-` is passed on: `npm run bench -- import --rows=10000`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { inRoot } from './lib/paths.mjs';

const names = (existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')) : [])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

/** The first line of the comment that a benchmark begins with. */
const purpose = (name) =>
  readFileSync(inRoot('bench', `${name}.ts`), 'utf8')
    .match(/^\s*(?:\/\*\*?\s*|\/\/ )([^\n*]+)/)?.[1]
    .trim() ?? '';

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('-') && arg !== '--list');
const wanted = args.filter((arg) => !arg.startsWith('-'));
const unknown = wanted.filter((name) => !names.includes(name));

if (args.includes('--list') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark ${unknown.join(', ')}. There are:`);
  for (const name of names) console.log(`${name.padEnd(20)} ${purpose(name)}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

console.log(
  `${new Date().toISOString()}, Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}`,
);
const failed = (wanted.length > 0 ? wanted : names).filter((name) => {
  console.log(`\n$ npm run bench -- ${[name, ...options].join(' ')}`);
  const { status } = spawnSync(
    process.execPath,
    // kafkajs 2.2.4 asks for time-outs in the past, which Node 24 tells on the console.
    ['--disable-warning=TimeoutNegativeWarning', inRoot('dist/bench', `${name}.js`), ...options],
    { stdio: 'inherit' },
  );
  return status !== 0;
});
if (failed.length > 0) console.error(`\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
