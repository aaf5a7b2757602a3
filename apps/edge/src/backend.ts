import type { IncomingMessage, ServerResponse } from 'node:http';

/** One service behind the edge. */
export interface Backend {
  /** Answers a client's request to `/api/v1/<service>/…`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Reads a public resource of the service, `path` below its prefix. */
  get(path: string): Promise<{ status: number; body: string }>;
}

/** By the first part of the path below `/api/v1/`. */
export type Backends = ReadonlyMap<string, Backend>;
