import type { ImportJob } from '../../api/models';

/** How far an import is: percent of its rows, and which of the texts `imports.*` tells it. */
export interface ImportProgress {
  percent: number;
  text: 'waiting' | 'running' | 'summary' | 'stopped' | 'cancelled' | 'cancelledAtOnce';
}

/** As a whole, before its first row: its failure says it all. */
export const wasRefused = ({ status, progress }: ImportJob): boolean =>
  status === 'failed' && progress.read === 0;

/** Nothing of a file that was refused. */
export function importProgress(job: ImportJob): ImportProgress | undefined {
  if (wasRefused(job)) return undefined;
  const { status, progress } = job;
  const { read, total } = progress;
  const percent = total ? Math.round((read / total) * 100) : 0;
  switch (status) {
    case 'queued':
      return { percent, text: 'waiting' };
    case 'running':
      return { percent, text: 'running' };
    case 'done':
      return { percent: 100, text: 'summary' };
    case 'failed':
      return { percent, text: 'stopped' };
    case 'cancelled':
      return { percent, text: read > 0 ? 'cancelled' : 'cancelledAtOnce' };
  }
}
