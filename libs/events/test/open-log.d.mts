import type { EventLogDriver } from '#events';

/** URL of the log's database, or `host:port` of the brokers. */
export type LogAddress = { postgres: string } | { kafka: string[] };

/** A started driver for the log. */
export function openLog(address: LogAddress): Promise<EventLogDriver>;
