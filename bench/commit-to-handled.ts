// Time from the commit of a write to its projection's commit, at 200 events per second, in one process.
import { setTimeout as sleep } from 'node:timers/promises';
import { jobOpeningTopic, type JobOpeningState } from '#contracts';
import { anOpening } from '#contracts/testing';
import { ConsumerRuntime, DeadLetters, type DomainEvent, Outbox, Relay } from '#events';
import { logger, quantile, whole, withServer } from './support/bench-server.js';

const PER_SECOND = 200;
const SECONDS = 15;
const WARM_UP = 400;

await withServer(async (server) => {
  const [openings, matching] = [await server.service('openings', 10), await server.service('matching', 10)];
  const log = await server.log();
  await log.ensureTopics([jobOpeningTopic]);
  await matching.query('CREATE TABLE view (id uuid PRIMARY KEY, version int NOT NULL, body jsonb NOT NULL)');

  const committed = new Map<string, number>();
  const latencies: number[] = [];
  const consumers = new ConsumerRuntime(matching, log, new DeadLetters(matching), {
    ...{ service: 'matching', logger },
  });
  consumers.register({
    topic: jobOpeningTopic,
    kind: 'projection',
    run: async (events, tx) => {
      await tx.query(
        `INSERT INTO view SELECT (b->>'id')::uuid, (b->>'version')::int, b FROM unnest($1::jsonb[]) AS b
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
           WHERE view.version < excluded.version`,
        [events.map((event) => JSON.stringify(event.state))],
      );
      waitForCommit(events);
    },
  });
  /** The batch's transaction commits right after its handler; the position tells when. */
  const handled: { keys: string[] }[] = [];
  const waitForCommit = (events: DomainEvent[]): void => {
    handled.push({ keys: events.map(({ key }) => key) });
  };

  const relay = new Relay(openings, log, { service: 'openings', logger });
  const outbox = new Outbox(openings, relay, { current: () => ({}) });
  relay.start();
  await consumers.start();

  // Asks for what is visible, as a reader would, and takes the time when it first is.
  let watching = true;
  const watch = (async () => {
    while (watching) {
      const asked = handled.splice(0);
      const keys = asked.flatMap((batch) => batch.keys);
      if (keys.length > 0) {
        const rows = await matching.query<{ id: string }[]>(
          'SELECT id FROM view WHERE id = ANY($1::uuid[])',
          [keys],
        );
        const visible = new Set(rows.map(({ id }) => id));
        const now = performance.now();
        for (const key of keys.filter((id) => visible.has(id))) {
          const at = committed.get(key);
          if (at !== undefined) latencies.push(now - at);
        }
        const missing = keys.filter((id) => !visible.has(id));
        if (missing.length > 0) handled.push({ keys: missing });
      }
      await sleep(1);
    }
  })();

  const write = async (state: JobOpeningState): Promise<void> => {
    await outbox.transaction((tx) =>
      outbox.append(tx, [{ topic: jobOpeningTopic, happening: 'published', key: state.id, state }]),
    );
    committed.set(state.id, performance.now());
  };
  const total = PER_SECOND * SECONDS;
  const writes: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < total; n++) {
    await sleep(Math.max(0, began + (n * 1000) / PER_SECOND - performance.now()));
    writes.push(write(anOpening()));
  }
  await Promise.all(writes);
  await consumers.caughtUp();
  await sleep(200);
  watching = false;
  await watch;
  const steady = latencies.slice(WARM_UP);
  const ms = (part: number): string => `${quantile(steady, part).toFixed(0)} ms`;
  console.log(`${whole(total)} events at ${PER_SECOND}/s, ${whole(latencies.length)} seen`);
  console.log(`commit → visible in the projection: p50 ${ms(0.5)}, p95 ${ms(0.95)}, max ${ms(1)}`);
  await consumers.stop();
  await relay.stop();
});
