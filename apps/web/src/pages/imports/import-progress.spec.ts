import { describe, expect, it } from '@jest/globals';
import type { ImportJob } from '../../api/models';
import { importProgress } from './import-progress';

const told = (status: ImportJob['status'], read: number, total: number | null) =>
  importProgress({ status, progress: { read, total } } as ImportJob);

describe('how far an import is', () => {
  it('waits for the files before it', () =>
    expect(told('queued', 0, null)).toEqual({ percent: 0, text: 'waiting' }));
  it('runs, also while its rows are being counted', () => {
    expect(told('running', 0, null)).toEqual({ percent: 0, text: 'running' });
    expect(told('running', 250, 1000)).toEqual({ percent: 25, text: 'running' });
  });
  it('is complete when it is done', () =>
    expect(told('done', 1000, 1000)).toEqual({ percent: 100, text: 'summary' }));
  it('has stopped where it failed', () =>
    expect(told('failed', 250, 1000)).toEqual({ percent: 25, text: 'stopped' }));
  it('has stopped where somebody stopped it, also before its first row', () => {
    expect(told('cancelled', 250, 1000)).toEqual({ percent: 25, text: 'cancelled' });
    expect(told('cancelled', 0, 1000)).toEqual({ percent: 0, text: 'cancelledAtOnce' });
    expect(told('cancelled', 0, null)).toEqual({ percent: 0, text: 'cancelledAtOnce' });
  });
  it('is nothing of a file that was refused as a whole', () => {
    expect(told('failed', 0, null)).toBeUndefined();
    expect(told('failed', 0, 1000)).toBeUndefined();
  });
});
