// From the request that publishes an opening until the search finds it, at 200 openings per second (goal p95 ≤ 1 s). `--per-second=N`.
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { RunningPlatform } from '#platform/testing';
import { quantile, whole } from './support/bench-server.js';

const argument = process.argv.find((arg) => arg.startsWith('--per-second='));
const perSecond = Number(argument?.split('=')[1] ?? 200);
const WARM_UP_SECONDS = 3;
const SECONDS = 20;
/** So many of a second's openings are looked for, each by the number in its title … */
const PROBES_PER_SECOND = 5;
/** … so often: what is measured is too long by half of this at most, and the looking is no load by itself. */
const LOOK_EVERY_MS = 50;
/** Where the machine does not keep the pace, so many requests are on their way at a time, and the pace is told. */
const MOST_AT_A_TIME = 32;
const GIVE_UP_MS = 30_000;
const FIRST_NUMBER = 700_001;

interface Opening {
  id: string;
  number: string;
}

const count = perSecond * (WARM_UP_SECONDS + SECONDS);
const platform = await RunningPlatform.start();
try {
  const officer = (await platform.demoAccounts()).get('centreOfficer');
  if (!officer) throw new Error('the demo data have no officer');
  const token = await platform.signIn(officer);
  await handIn(token);
  const waiting = await waitingOpenings(token);
  if (waiting.length < count) throw new Error(`${waiting.length} of ${count} openings wait for approval`);
  await publish(waiting.slice(0, count), token);
} finally {
  await platform.stop();
}

/** What an officer imports waits for approval: so much is prepared before the clock runs. */
async function handIn(token: string): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => {
    const number = FIRST_NUMBER + i;
    return `${number},"Thợ hàn tổ ${number}",xuong-${number % 50},Thái Nguyên,"10 - 15 triệu",1 năm,hôm nay`;
  });
  const header = 'source_id,title,employer_key,locations,salary_text,experience_text,posted_ago';
  const answer = await fetch(`${platform.url}/api/v1/openings/imports?source=phep-do`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
    body: `${[header, ...rows].join('\n')}\n`,
  });
  const job = (await answer.json()) as { id: string };
  for (;;) {
    const { body } = await platform.call<{ status: string; relayed: boolean }>(
      'GET',
      `/openings/imports/${job.id}`,
      { token },
    );
    if (body.status === 'failed') throw new Error(`the import failed: ${JSON.stringify(body)}`);
    if (body.status === 'done' && body.relayed) break;
    await delay(500);
  }
  const administrator = await platform.signIn();
  await platform.call('POST', '/matching/admin/caught-up', { token: administrator });
}

async function waitingOpenings(token: string): Promise<Opening[]> {
  const found: Opening[] = [];
  for (let cursor = ''; ;) {
    const { body } = await platform.call<{ items: { id: string; title: string }[]; nextCursor?: string }>(
      'GET',
      `/openings/job-openings?status=pending&limit=100${cursor}`,
      { token },
    );
    for (const { id, title } of body.items) {
      const number = /^Thợ hàn tổ (\d+)$/.exec(title)?.[1];
      if (number) found.push({ id, number });
    }
    if (!body.nextCursor) return found;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

/** Approves them at a steady pace: each is a transaction of its own with its event. */
async function publish(openings: readonly Opening[], token: string): Promise<void> {
  const answers: number[] = [];
  const latencies: number[] = [];
  const running: Promise<void>[] = [];
  let onTheWay = 0;
  const began = performance.now();
  let last = began;
  for (const [i, opening] of openings.entries()) {
    await delay(Math.max(0, began + (i * 1000) / perSecond - performance.now()));
    while (onTheWay >= MOST_AT_A_TIME) await delay(1);
    const measured = i >= perSecond * WARM_UP_SECONDS;
    const probed = measured && i % Math.round(perSecond / PROBES_PER_SECOND) === 0;
    running.push(
      (async () => {
        const asked = performance.now();
        onTheWay += 1;
        const { status, body } = await platform.call('POST', `/openings/job-openings/${opening.id}/approve`, {
          token,
          body: {},
        });
        if (status !== 200) throw new Error(`approving answered ${status}: ${JSON.stringify(body)}`);
        last = performance.now();
        onTheWay -= 1;
        if (measured) answers.push(last - asked);
        if (probed) latencies.push(await foundAfter(opening, asked));
      })(),
    );
  }
  await Promise.all(running);
  const rate = (openings.length * 1000) / (last - began);
  const ms = (values: number[], part: number): string => `${quantile(values, part).toFixed(0)} ms`;
  console.log(
    `${whole(openings.length)} openings published at ${rate.toFixed(0)}/s of ${perSecond}/s asked for, ` +
      `answered p50 ${ms(answers, 0.5)}, p95 ${ms(answers, 0.95)}; load of the machine ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(
    `request → found by the search, ${latencies.length} looked for: p50 ${ms(latencies, 0.5)}, ` +
      `p95 ${ms(latencies, 0.95)}, max ${ms(latencies, 1)} (goal p95 ≤ 1 s)`,
  );
}

/** Milliseconds from `asked` until the search answers with the opening. */
async function foundAfter({ id, number }: Opening, asked: number): Promise<number> {
  while (performance.now() - asked < GIVE_UP_MS) {
    const { body } = await platform.call<{ items: { id: string }[] }>(
      'GET',
      `/matching/openings?q=${number}&limit=1`,
    );
    if (body.items[0]?.id === id) return performance.now() - asked;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error(`the search did not find ${number} in ${GIVE_UP_MS / 1000} s`);
}
