// nDCG@10 per kind of query over the real sample (goal ≥ 0.86 overall); `--judge` writes the judgements anew, `--misses` shows what went wrong.
import { Bed } from './search-quality/bed.js';
import { judgementKey, readJudgements, writeJudgements } from './search-quality/judgements.js';
import { isHeldOut, ndcg10 } from './search-quality/metrics.js';
import { KINDS, QUERIES } from './search-quality/queries.js';
import { readSample, sampleDoc } from './search-quality/sample.js';
import { readEnvironment } from '#platform';
import { withServer } from './support/bench-server.js';

const GOAL = 0.86;
const options = new Set(process.argv.slice(2));
const rows = readSample();
if (options.has('--judge')) writeJudgements(rows);
const judgements = readJudgements();
const docs = rows.map(sampleDoc);
const postings = new Map(docs.map((doc, i) => [doc.id, rows[i]!]));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
const shown = (values: readonly number[]): string => mean(values).toFixed(3).padStart(7);

type Find = (query: string) => Promise<string[]>;

/** Prints the gains per kind and overall, and returns the overall mean. */
async function measure(name: string, find: Find): Promise<number> {
  const tuned: number[] = [];
  const heldOut: number[] = [];
  console.log(`\n${name}\nkind          queries    all  tuned held out`);
  for (const kind of KINDS) {
    const scores: { score: number; held: boolean }[] = [];
    for (const [query, need, place] of QUERIES[kind]) {
      const judged = judgements.get(judgementKey(need, place)) ?? new Map<string, number>();
      const found = (await find(query)).map((id) => postings.get(id)!);
      const grades = found.map(({ source_id }) => judged.get(source_id) ?? 0);
      const score = ndcg10(grades, [...judged.values()]);
      scores.push({ score, held: isHeldOut(query) });
      if (options.has('--misses') && score < 0.85 && !isHeldOut(query)) {
        console.log(`  ${query} ${score.toFixed(3)}`);
        found.forEach(({ title, locations }, i) => console.log(`    ${grades[i]} ${title} | ${locations}`));
      }
    }
    const part = (held: boolean): number[] =>
      scores.filter((one) => one.held === held).map(({ score }) => score);
    tuned.push(...part(false));
    heldOut.push(...part(true));
    console.log(
      `${kind.padEnd(14)}${String(scores.length).padStart(7)}${shown(scores.map(({ score }) => score))}${shown(part(false))}  ${shown(part(true))}`,
    );
  }
  const overall = [...tuned, ...heldOut];
  console.log(
    `${'overall'.padEnd(14)}${String(overall.length).padStart(7)}${shown(overall)}${shown(tuned)}  ${shown(heldOut)}`,
  );
  return mean(overall);
}

const through =
  (bed: Bed): Find =>
  async (query) =>
    (await bed.engine.search({ plan: bed.plan(query), limit: 10 })).hits.map(({ id }) => id);

console.log(`${docs.length} openings, ${judgements.size} needs`);
await withServer(async (server) => {
  const bed = await Bed.postgres(await server.url('matching'), docs);
  if ((await measure('PostgreSQL', through(bed))) < GOAL) process.exitCode = 1;
  await bed.close();
});
const { MEILI_URL: url, MEILI_KEY: key } = readEnvironment();
if (url) {
  const bed = await Bed.meilisearch({ url, key }, docs);
  if ((await measure('Meilisearch', through(bed))) < GOAL) process.exitCode = 1;
  const index = bed.engine.server.writer.index(bed.engine.server.names.live);
  await measure('Meilisearch left to itself, for comparison', async (query) => {
    const { hits } = await index.search<{ id: string }>(query, { matchingStrategy: 'frequency', limit: 10 });
    return hits.map(({ id }) => id);
  });
  await bed.close();
} else console.log('\nMEILI_URL names no Meilisearch server: it was not measured.');
