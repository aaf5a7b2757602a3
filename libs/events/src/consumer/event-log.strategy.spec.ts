import { Catch, Controller, type ExceptionFilter, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { describe, expect, it } from '@jest/globals';
import { type Observable, throwError } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { jobOpeningTopic, jobseekerTopic } from '#contracts';
import type { DomainEvent } from '../event.js';
import type { ConsumerRuntime } from './consumer-runtime.js';
import { Effect, Projection } from './decorators.js';
import { EventLogStrategy } from './event-log.strategy.js';
import type { EventHandler } from './handler.js';

@Catch()
class Rethrow implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

class CannotHandle extends Error {}

const seen: unknown[] = [];

@Controller()
class Openings {
  private readonly own = 'this';

  @Projection(jobOpeningTopic)
  async project(@Payload() events: DomainEvent[], @Ctx() tx: EntityManager): Promise<void> {
    await Promise.resolve();
    seen.push([this.own, events, tx]);
  }

  @Effect(jobOpeningTopic)
  async mail(): Promise<void> {
    await Promise.resolve();
    throw new CannotHandle('no stamp');
  }

  @Projection(jobseekerTopic)
  projectAtOnce(): void {
    throw new CannotHandle('at once');
  }
}

@Controller()
class Twice {
  @Projection(jobOpeningTopic)
  again(): void {}
}

@Controller()
class Plain {
  @EventPattern('openings.job-opening')
  plain(@Payload() _events: DomainEvent[]): void {}
}

async function discover(...controllers: Type[]): Promise<EventHandler[]> {
  @Module({ controllers })
  class Root {}
  const handlers: EventHandler[] = [];
  const runtime = {
    register: (handler: EventHandler) => handlers.push(handler),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  } as unknown as ConsumerRuntime;
  const app = await NestFactory.createMicroservice(Root, {
    strategy: new EventLogStrategy(runtime),
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new Rethrow());
  try {
    await app.listen();
  } finally {
    await app.close();
  }
  return handlers;
}

describe('Nest’s discovery of event handlers', () => {
  const tx = {} as EntityManager;
  const find = (handlers: EventHandler[], topic: string, kind: string): EventHandler =>
    handlers.find((h) => h.topic.name === topic && h.kind === kind)!;

  it('finds projections and effects and calls them with the batch and the transaction', async () => {
    const handlers = await discover(Openings);
    expect(handlers.map(({ topic, kind }) => `${kind} of ${topic.name}`).sort()).toEqual([
      'effect of openings.job-opening',
      'projection of jobseekers.jobseeker',
      'projection of openings.job-opening',
    ]);
    const events = [{ id: 'e' } as DomainEvent];
    await find(handlers, 'openings.job-opening', 'projection').run(events, tx);
    expect(seen).toEqual([['this', events, tx]]);
    expect((seen[0] as unknown[])[1]).toBe(events);
    expect((seen[0] as unknown[])[2]).toBe(tx);
  });

  it('passes on the errors of handlers as they are', async () => {
    const handlers = await discover(Openings);
    const mail = find(handlers, 'openings.job-opening', 'effect').run([], tx);
    await expect(mail).rejects.toThrow(CannotHandle);
    const atOnce = find(handlers, 'jobseekers.jobseeker', 'projection').run([], tx);
    await expect(atOnce).rejects.toThrow(CannotHandle);
  });

  it('refuses two handlers of one topic and kind, which Nest would run side by side', async () => {
    await expect(discover(Openings, Twice)).rejects.toThrow('two projections of openings.job-opening');
  });

  it('refuses handlers of events that are neither projection nor effect', async () => {
    await expect(discover(Plain)).rejects.toThrow('use @Projection or @Effect');
  });
});
