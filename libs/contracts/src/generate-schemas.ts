// `npm run generate:schemas` writes the JSON Schema of every topic to libs/contracts/schemas and refuses an edit
// that would break readers. With --check it writes nothing and compares with the schemas of the commit before the
// edit (HEAD when they differ from it, else the commit before), so that a hand-edited schema is noticed too.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { breakingChanges } from './compatibility.js';
import { topics } from './index.js';
import { topicSchema, type TopicSchema } from './json-schema.js';

const FOLDER = 'libs/contracts/schemas';
/** Breaks that are known to meet no data, as `{topic: {sentence: reason}}`. */
const ACCEPTED = `${FOLDER}/accepted-breaks.json`;

const fileOf = (topic: string): string => `${FOLDER}/${topic}.json`;
const readJson = <T>(file: string): T | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;

/** A committed file at some commit; undefined when it is not there or there is no such commit. */
function committed(commit: string, file: string): TopicSchema | undefined {
  try {
    const text = execFileSync('git', ['show', `${commit}:${file}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(text) as TopicSchema;
  } catch {
    return undefined;
  }
}

const check = process.argv.includes('--check');
const accepted = readJson<Record<string, Record<string, string>>>(ACCEPTED) ?? {};
const breaks: string[] = [];
const current = new Map([...topics.values()].map((topic) => [topic.name, topicSchema(topic)]));

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => !ACCEPTED.endsWith(`/${file}`)) : [];
for (const file of files) {
  const name = file.replace(/\.json$/, '');
  const after = current.get(name);
  const known = check
    ? ['HEAD', 'HEAD^'].map((commit) => committed(commit, fileOf(name)))
    : [readJson<TopicSchema>(fileOf(name))];
  const found = known.flatMap((before) =>
    !before
      ? []
      : after
        ? breakingChanges(before, after)
        : ['(topic): removed, but its events are in the log'],
  );
  for (const sentence of new Set(found)) {
    if (!accepted[name]?.[sentence]) breaks.push(`${name}: ${sentence}`);
  }
}

if (breaks.length > 0) {
  console.error(
    `${breaks.join('\n')}\n\nThese edits break readers of the event log. Make the change compatible (a new ` +
      `optional field), or give the topic a ".v2" beside the first; where no data can exist yet, put the ` +
      `sentence with a reason into ${ACCEPTED}.`,
  );
  process.exitCode = 1;
} else if (!check) {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of files) if (!current.has(file.replace(/\.json$/, ''))) rmSync(`${FOLDER}/${file}`);
  for (const [name, schema] of current) {
    writeFileSync(fileOf(name), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
