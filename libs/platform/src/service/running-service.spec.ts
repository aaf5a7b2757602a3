import {
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { expect, it } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TopicDefinition } from '#contracts';
import { createKafkaLog } from '#events';
import { readEnvironment } from '../config/environment.js';
import { KeyRing } from '../keys/key-ring.js';
import { createLogger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { createTestDatabase, freePort, startTestService } from '../testing/index.js';
import { readiness } from './admin-server.js';
import { RunningService } from './running-service.js';

const calls: string[] = [];

@Injectable()
class Clock implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  onModuleInit(): void {
    calls.push('init');
  }

  onApplicationBootstrap(): void {
    calls.push('bootstrap');
  }

  onModuleDestroy(): void {
    calls.push('destroy');
  }
}

@Module({ providers: [Clock] })
class ClockModule {}

it('the hooks of a service run once each, although its consumers are a microservice of their own', async () => {
  const service = await startTestService({ name: 'clock', module: ClockModule });
  await service.stop();
  expect(calls).toEqual(['init', 'bootstrap', 'destroy']);
});

it('a service starts, is ready and answers figures while no broker is there', async () => {
  const database = await createTestDatabase('logless');
  const logger = createLogger('silent', 'logless');
  const brokers = [`127.0.0.1:${await freePort()}`];
  const eventLog = await createKafkaLog({ brokers, clientId: 'logless', logger });
  const metrics = new Metrics();
  const topics = [{ name: 'logless.item', partitions: 1 }] as unknown as TopicDefinition[];
  const service = await RunningService.start(
    { name: 'logless', module: ClockModule, topics },
    {
      environment: readEnvironment({ LOG_LEVEL: 'silent', PORT: '0' }),
      ...{ logger, metrics, eventLog },
      keys: await KeyRing.open(await mkdtemp(join(process.env.NOIVIEC_TEST_RUN_DIR ?? tmpdir(), 'keys-'))),
      peers: { send: () => Promise.reject(new Error('no peers here')) },
      databaseUrl: () => database.url,
    },
  );
  const { ready, dependencies } = await readiness(service.checks, true);
  expect(ready).toBe(true);
  expect(dependencies).toMatchObject({ database: 'up', consumers: expect.stringContaining('ECONNREFUSED') });
  expect(await metrics.text()).toContain('outbox_events{service="logless"} 0');
  await service.stop();
  await eventLog.close();
  await database.drop();
}, 60_000);
