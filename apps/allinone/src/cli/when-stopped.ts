import { constants } from 'node:os';

type StoppedProcess = Pick<NodeJS.Process, 'on' | 'off' | 'pid' | 'kill' | 'exit'>;

/**
 * Says something before a signal ends this process, as it would have anyway; the answer takes that back. The first
 * process of a container is not ended by a signal that it does not handle: it exits with what a shell makes of one.
 */
export function whenStopped(say: () => void, own: StoppedProcess = process): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    ignore();
    say();
    own.kill(own.pid, signal);
    own.exit(128 + constants.signals[signal]);
  };
  const ignore = (): void => void own.off('SIGINT', stop).off('SIGTERM', stop);
  own.on('SIGINT', stop).on('SIGTERM', stop);
  return ignore;
}
