import type { z } from 'zod';

/** What every state carries: the aggregate's id and its version, which rises by one with each change. */
export interface AggregateState {
  id: string;
  version: number;
}

/**
 * A topic is one aggregate's log. Every event on it carries the same state schema; the event's type only
 * says what happened (`vn.openings.job-opening.published.v1`), so a projection handles the topic as a whole.
 */
export interface TopicDefinition<S extends AggregateState = AggregateState> {
  /** `service.aggregate`, with `.v2` … after a breaking change. */
  readonly name: string;
  /** CloudEvents `source`. */
  readonly source: string;
  /** Prefix of the CloudEvents `type`, without what happened and the schema's version. */
  readonly typePrefix: string;
  readonly schemaVersion: number;
  readonly state: z.ZodType<S>;
  /** What can happen to the aggregate, in the past tense. */
  readonly happenings: readonly string[];
  readonly partitions: number;
  /**
   * Paths of the state that hold personal data and why each may be in an event (Law 91/2025/QH15). A test
   * compares the schema's paths with a list of words that name personal data: what is not here is refused.
   */
  readonly personalData: Readonly<Record<string, string>>;
  /** The aggregate is a natural person: what names or marks the person is refused even with a reason. */
  readonly aboutPerson: boolean;
}

/**
 * What happens on every topic: its owner says the present state once more, unchanged and with the same version,
 * because the log has lost it. Projections take it as any event; effects never see it.
 */
export const RESTATED = 'restated';

/** The state type of a topic. */
export type StateOf<T> = T extends TopicDefinition<infer S> ? S : never;

/**
 * Declares a topic. `name` is `service.aggregate`; the type prefix and source follow from it. Beside its own
 * happenings every topic has `restated`.
 */
export function defineTopic<S extends AggregateState>(definition: {
  name: string;
  state: z.ZodType<S>;
  happenings: readonly string[];
  partitions?: number;
  schemaVersion?: number;
  personalData?: Readonly<Record<string, string>>;
  aboutPerson?: boolean;
}): TopicDefinition<S> {
  const service = definition.name.split('.')[0] ?? '';
  return {
    name: definition.name,
    source: `/${service}`,
    typePrefix: `vn.${definition.name}`,
    schemaVersion: definition.schemaVersion ?? 1,
    state: definition.state,
    happenings: [...definition.happenings, RESTATED],
    partitions: definition.partitions ?? 6,
    personalData: definition.personalData ?? {},
    aboutPerson: definition.aboutPerson ?? false,
  };
}

/** The CloudEvents `type` of something that happened, e.g. `vn.openings.job-opening.published.v1`. */
export function eventType(topic: TopicDefinition, happening: string): string {
  if (!topic.happenings.includes(happening)) {
    throw new Error(`${topic.name} has no event "${happening}"; it has ${topic.happenings.join(', ')}`);
  }
  return `${topic.typePrefix}.${happening}.v${topic.schemaVersion}`;
}
