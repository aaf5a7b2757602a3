import type { DataSource } from 'typeorm';

/** The job was cancelled, or somebody else has gone on with it: this worker must not write another batch of it. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';

  constructor(job: string) {
    super(`import ${job} was cancelled or goes on elsewhere`);
  }
}

/**
 * A worker's hold on an import job while it reads without writing: looking through a large file, or through the
 * rows that were stored before a crash. Without renewal another instance would take the job over meanwhile, and
 * this one from that again, for ever.
 */
export class ImportLease {
  private renewedAt = Date.now();

  constructor(
    private readonly dataSource: DataSource,
    private readonly job: string,
    private readonly worker: string,
    private readonly seconds: number,
  ) {}

  /** Renews the lease when a third of it is over. @throws LeaseLostError when this worker no longer has the job */
  async keep(): Promise<void> {
    if (Date.now() - this.renewedAt < (this.seconds * 1000) / 3) return;
    const [, renewed] = await this.dataSource.query<[unknown, number]>(
      `UPDATE import_job SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND worker = $2`,
      [this.job, this.worker, this.seconds],
    );
    if (renewed !== 1) throw new LeaseLostError(this.job);
    this.renewedAt = Date.now();
  }
}
