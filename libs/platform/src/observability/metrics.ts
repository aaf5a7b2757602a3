import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Metrics of one process; what is a service's has it as a label. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests by service, route and status',
    labelNames: ['service', 'method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1.5, 5],
    registers: [this.registry],
  });
  readonly upstreamFailures = new Counter({
    name: 'upstream_failures_total',
    help: 'Times an instance of a service did not answer what was passed on to it, by the service and why',
    labelNames: ['service', 'upstream', 'reason'],
    registers: [this.registry],
  });
  readonly outboxAge = new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'Age of the oldest event not yet in the log',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly outboxEvents = new Gauge({
    name: 'outbox_events',
    help: 'Committed events not yet in the log',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly consumerLag = new Gauge({
    name: 'consumer_lag_records',
    help: 'Records of the log that a group has not handled',
    labelNames: ['service', 'group', 'topic'],
    registers: [this.registry],
  });
  readonly consumerStandstill = new Gauge({
    name: 'consumer_standstill_seconds',
    help: 'How long a group has not moved in a partition whose records it has not all handled',
    labelNames: ['service', 'group', 'topic'],
    registers: [this.registry],
  });
  readonly consumerBeyondEnd = new Gauge({
    name: 'consumer_beyond_end',
    help: '1 while a position of a group lies beyond the log’s end: the log that it has read is lost',
    labelNames: ['service', 'group', 'topic'],
    registers: [this.registry],
  });
  readonly deadLetters = new Gauge({
    name: 'dead_letters_open',
    help: 'Messages that could not be handled and wait for a replay',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly searchDegraded = new Gauge({
    name: 'search_degraded',
    help: '1 while PostgreSQL answers searches in the place of Meilisearch',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly searchFeedAge = new Gauge({
    name: 'search_feed_oldest_seconds',
    help: 'Age of the oldest change that is not in the search index outside the database',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly searchRefused = new Gauge({
    name: 'search_feed_refused',
    help: 'Openings that the search index outside the database refuses',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly collectFailures = new Counter({
    name: 'metrics_collect_failures_total',
    help: 'Times a service could not tell its outbox age, lag or dead letters',
    labelNames: ['service'],
    registers: [this.registry],
  });
  readonly eventLogUp = new Gauge({
    name: 'event_log_up',
    help: '1 when this process can use the event log and reads it, 0 when not',
    labelNames: ['log'],
    registers: [this.registry],
  });
  private readonly collectors: (() => Promise<void>)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds a figure that is asked for at each scrape. */
  onScrape(collect: () => Promise<void>): void {
    this.collectors.push(collect);
  }

  async text(): Promise<string> {
    await Promise.all(this.collectors.map((collect) => collect()));
    return this.registry.metrics();
  }
}
