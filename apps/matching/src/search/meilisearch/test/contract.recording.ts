import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from './recording.js';

export const INDEX = 'contract';
export const RECORDING = join(import.meta.dirname, 'contract.recorded.json');

/** What a real server was asked, and what it answered. */
export function readRecording(): Exchange[] {
  return JSON.parse(readFileSync(RECORDING, 'utf8')) as Exchange[];
}

/** The different requests, without numbers of tasks, which every server counts for itself. */
export function requestsOf(exchanges: readonly Exchange[]): string[] {
  const told = exchanges.map(({ request }) =>
    JSON.stringify({ ...request, path: request.path.replace(/^\/tasks\/\d+$/, '/tasks/N') }),
  );
  return [...new Set(told)].sort();
}

/** Of the looks at a task only the last, in which it is finished. */
export function withoutPolling(exchanges: readonly Exchange[]): Exchange[] {
  const isLook = ({ request }: Exchange): boolean => request.path.startsWith('/tasks/');
  return exchanges.filter(
    (one, i) =>
      !isLook(one) || !exchanges.slice(i + 1).some(({ request }) => request.path === one.request.path),
  );
}
