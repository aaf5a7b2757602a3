import type { ImportJob } from '../../api/models';

/** How far an import is: percent of its rows, and which of the texts `imports.*` tells it. */
export interface ImportProgress {
  percent: number;
  text: 'waiting' | 'running' | 'summary' | 'stopped';
}

/** Nothing of a file that was refused as a whole, before its first row: its failure says it all. */
export function importProgress({ status, progress }: ImportJob): ImportProgress | undefined {
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
      return read > 0 ? { percent, text: 'stopped' } : undefined;
  }
}
