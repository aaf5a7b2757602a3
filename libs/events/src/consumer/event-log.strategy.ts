import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EntityManager } from 'typeorm';
import type { DomainEvent } from '../event.js';
import type { ConsumerRuntime } from './consumer-runtime.js';
import type { HandlerExtras } from './decorators.js';

/**
 * Lets Nest discover the handlers (`@Projection`, `@Effect`) and the runtime run them. Nest's own Kafka server
 * is not used for events: it swallows handlers' errors and takes one message at a time.
 */
export class EventLogStrategy extends Server implements CustomTransportStrategy {
  /** The runtime awaits each handler and deals with its failure. */
  override readonly propagatesEventHandlerErrors = true;

  constructor(private readonly runtime: ConsumerRuntime) {
    super();
  }

  listen(callback: (error?: Error) => void): void {
    for (const [pattern, handler] of this.messageHandlers) {
      const extras = handler.extras as HandlerExtras | undefined;
      if (!extras?.topic) throw new Error(`${pattern}: use @Projection or @Effect for handlers of events`);
      // Nest would run both at a time in one transaction, and the second unseen by the runtime.
      if (handler.next) throw new Error(`there are two ${extras.kind}s of ${extras.topic.name}`);
      this.runtime.register({
        topic: extras.topic,
        kind: extras.kind,
        run: async (events: DomainEvent[], tx: EntityManager): Promise<void> => {
          const result: unknown = await handler(events, tx);
          if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
        },
      });
    }
    this.runtime.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.runtime.stop();
  }

  on(): never {
    throw new Error('the event log has no transport events');
  }

  unwrap(): never {
    throw new Error('the event log has no underlying server');
  }
}
