import { applyDecorators } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { TopicDefinition } from '#contracts';
import type { HandlerKind } from './handler.js';

/** What the strategy reads back from a handler's `@EventPattern`. */
export interface HandlerExtras {
  topic: TopicDefinition;
  kind: HandlerKind;
}

/** Marks a controller's method as the projection of a topic: `(@Payload() events, @Ctx() tx) => Promise<void>`. */
export function Projection(topic: unknown): MethodDecorator {
  return handler(topic as TopicDefinition, 'projection');
}

/** Marks a controller's method as an effect of a topic: once per event, never in a rebuild. */
export function Effect(topic: unknown): MethodDecorator {
  return handler(topic as TopicDefinition, 'effect');
}

function handler(topic: TopicDefinition, kind: HandlerKind): MethodDecorator {
  const extras: HandlerExtras = { topic, kind };
  return applyDecorators(EventPattern({ topic: topic.name, kind }, undefined, { ...extras }));
}
