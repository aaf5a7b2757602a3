import type { IncomingMessage, ServerResponse } from 'node:http';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import {
  ConsumerRuntime,
  DeadLetters,
  EventLogStrategy,
  lagByTopic,
  Relay,
  Standstill,
  within,
} from '#events';
import { REQUEST_KEY } from '../http/idempotency.js';
import { guardRequests } from '../http/request-guards.js';
import { observeRequests } from '../http/request-hooks.js';
import { NestLogger } from '../observability/nest-logger.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { RethrowFilter } from '../problems/rethrow.filter.js';
import { routePrefix, type ServiceDefinition, type ServiceHost } from './definition.js';
import { PlatformModule } from './platform.module.js';

/** Each rejects when the process cannot work; a text that it resolves with is told, and the process is ready. */
export type Checks = Record<string, () => Promise<string | void>>;

/** A log that is away must not hold up the figures that tell it (ms). */
const LAG_MS = 2_000;

/** A service in its own Nest container. It listens nowhere until told to. */
export class RunningService {
  private constructor(
    readonly definition: ServiceDefinition,
    readonly app: NestFastifyApplication,
    private readonly host: ServiceHost,
  ) {}

  /**
   * Creates the container, migrates its database and starts consumers and relay. Without the event log it starts,
   * too: topics and consumers follow when that is there.
   */
  static async start(definition: ServiceDefinition, host: ServiceHost): Promise<RunningService> {
    const service = new RunningService(definition, await createApplication(definition, host), host);
    await service.app.startAllMicroservices();
    service.app.get(Relay).start();
    service.measure();
    return service;
  }

  get name(): string {
    return this.definition.name;
  }

  /** Answers a request within the process. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.fastify.routing(request, response);
  }

  get fastify(): FastifyInstance {
    return this.app.getHttpAdapter().getInstance();
  }

  /** What it depends on, by name. */
  get checks(): Checks {
    const dataSource = this.app.get(DataSource);
    return {
      database: async () => {
        await dataSource.query('SELECT 1');
      },
      consumers: () => Promise.resolve(this.app.get(ConsumerRuntime).trouble),
      ...this.definition.checks?.(this.app),
    };
  }

  /**
   * Finishes what is in hand: consumers, then the service's own workers, then the events that both wrote (the
   * platform's module stops the relay), then requests. What a last request writes is published at the next start.
   */
  async stop(): Promise<void> {
    await this.app.get(ConsumerRuntime).stop();
    await this.app.close();
  }

  private measure(): void {
    const { metrics } = this.host;
    const consumers = this.app.get(ConsumerRuntime);
    const deadLetters = this.app.get(DeadLetters);
    const service = this.name;
    const standstill = new Standstill();
    metrics.onScrape(async () => {
      try {
        const { events, oldestSeconds } = await this.app.get(Relay).backlog();
        metrics.outboxEvents.set({ service }, events);
        metrics.outboxAge.set({ service }, oldestSeconds);
        metrics.deadLetters.set({ service }, await deadLetters.count());
        await this.definition.measure?.(this.app, metrics);
        const lags = await within(LAG_MS, consumers.lag());
        if (!lags) throw new Error('the event log does not answer');
        for (const { group, topic, lag, state } of lagByTopic(lags)) {
          metrics.consumerLag.set({ service, group, topic }, lag);
          metrics.consumerBeyondEnd.set({ service, group, topic }, state === 'beyond-end' ? 1 : 0);
        }
        for (const { group, topic, seconds } of standstill.seconds(lags))
          metrics.consumerStandstill.set({ service, group, topic }, seconds);
      } catch {
        metrics.collectFailures.inc({ service });
      }
    });
  }
}

async function createApplication(
  definition: ServiceDefinition,
  host: ServiceHost,
): Promise<NestFastifyApplication> {
  @Module({ imports: [PlatformModule.forService(definition, host), definition.module] })
  class ServiceRoot {}

  const problems = new ProblemFilter(definition.name, host.logger);
  const adapter = new FastifyAdapter({
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      problems.answer(error, request, reply),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  observeRequests(fastify, definition.name, host);
  guardRequests(fastify);
  fastify.decorate(REQUEST_KEY, await host.keys.secret('request-hash'));
  const app = await NestFactory.create<NestFastifyApplication>(ServiceRoot, adapter, {
    logger: new NestLogger(host.logger),
    abortOnError: false,
    // Fastify's own parsers: Nest's would take forms too.
    bodyParser: false,
  });
  fastify.removeContentTypeParser('text/plain');
  app.setGlobalPrefix(routePrefix(definition));
  await definition.configure?.(app);
  const consumers = app.connectMicroservice(
    { strategy: new EventLogStrategy(app.get(ConsumerRuntime)) },
    { inheritAppConfig: false, deferInitialization: true },
  );
  consumers.useGlobalFilters(new RethrowFilter());
  // It shares the application's container, whose hooks run once: for the application.
  (consumers as INestMicroservice & { setIsInitHookCalled(called: boolean): void }).setIsInitHookCalled(true);
  await app.init();
  await fastify.ready();
  return app;
}
