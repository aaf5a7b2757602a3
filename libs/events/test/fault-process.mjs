// A process of its own for the fault tests, on the built libraries: it consumes or relays until it is killed.
// Argument: JSON {role: 'consumer' | 'relay', url, log, topic, partitions}.
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { defineTopic } from '#contracts';
import { ConsumerRuntime, DeadLetters, Relay } from '#events';
import { openLog } from './open-log.mjs';

const { role, url, log, topic: name, partitions } = JSON.parse(process.argv[2]);
const logger = {
  debug() {},
  info() {},
  warn() {},
  error: (context, message) => console.error(message, context),
};

const topic = defineTopic({
  name,
  partitions,
  happenings: ['made', 'changed', 'erased'],
  state: z.object({ id: z.uuid(), version: z.int().min(1), label: z.string() }),
});

/** Records what is handled in the handler's own transaction, with pauses in which a kill may fall. */
const record = (kind) => async (events, tx) => {
  await sleep(Math.random() * 8);
  await tx.query(
    `INSERT INTO handled (handler, kind, key, version, event_id)
     SELECT $1, $2, k, v, e FROM unnest($3::text[], $4::int[], $5::uuid[]) AS x(k, v, e)`,
    [
      `pid ${process.pid}`,
      kind,
      events.map((e) => e.key),
      events.map((e) => e.state?.version ?? null),
      events.map((e) => e.id),
    ],
  );
  await sleep(Math.random() * 8);
};

const dataSource = await new DataSource({ type: 'postgres', url, poolSize: 6 }).initialize();
const driver = await openLog(log);
if (role === 'relay') {
  // Small batches: a kill then falls between publishing and committing now and then.
  new Relay(dataSource, driver, { service: 'items', logger, batch: 20, pollMs: 5 }).start();
} else {
  const runtime = new ConsumerRuntime(dataSource, driver, new DeadLetters(dataSource), {
    service: 'items',
    logger,
  });
  for (const kind of ['projection', 'effect']) runtime.register({ topic, kind, run: record(kind) });
  await runtime.start();
}
process.send?.('ready');
// The parent's end ends this too.
process.on('disconnect', () => process.exit(0));
