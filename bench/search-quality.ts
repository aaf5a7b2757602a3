// nDCG@10 per kind of query over the real sample (goal ≥ 0.86 overall); `--judge` writes the judgements anew, `--misses` shows what went wrong.
import { Bed } from './search-quality/bed.js';
import { judgementKey, readJudgements, writeJudgements } from './search-quality/judgements.js';
import { isHeldOut, ndcg10 } from './search-quality/metrics.js';
import { KINDS, QUERIES } from './search-quality/queries.js';
import { readSample, sampleDoc } from './search-quality/sample.js';
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

await withServer(async (server) => {
  const bed = new Bed(await server.url('matching'));
  await bed.fill(docs);
  const tuned: number[] = [];
  const heldOut: number[] = [];
  console.log(
    `${docs.length} openings, ${judgements.size} needs\n\nkind          queries    all  tuned held out`,
  );
  for (const kind of KINDS) {
    const scores: { score: number; held: boolean }[] = [];
    for (const [query, need, place] of QUERIES[kind]) {
      const judged = judgements.get(judgementKey(need, place)) ?? new Map<string, number>();
      const { hits } = await bed.engine.search({ plan: bed.plan(query), limit: 10 });
      const found = hits.map(({ id }) => postings.get(id)!);
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
  await bed.close();
  if (mean(overall) < GOAL) process.exitCode = 1;
});
