import {
  type MeilisearchServer,
  MeilisearchTaskError,
  type ServerLogger,
} from '../meilisearch/meilisearch-server.js';

/** Openings of one template stand side by side and may be refused together. */
const MOST_DOUBTS = 8;

/** An opening that the server refuses, with its words; `isSure` when they are about the document. */
interface Refusal {
  id: string;
  cause: string;
  isSure: boolean;
}

/**
 * Which openings the server refuses, of what is fed to an index in one go. A task that fails tells of no document, and
 * may have failed because nothing can be written at all: a document is at fault when others went in.
 */
export class Refusals {
  private hasWritten = false;

  /** @param send hands these openings over once more, as they are now; resolves with the server's tasks */
  constructor(
    private readonly server: Pick<MeilisearchServer, 'finished'>,
    private readonly send: (ids: readonly string[]) => Promise<number[]>,
    private readonly logger: ServerLogger,
  ) {}

  /**
   * Waits for the tasks that write these openings; when one fails, halves them until what the server refuses is alone.
   * @returns causes by the ids of what is refused
   * @throws MeilisearchTaskError when it is not a document's fault: the disk is full, or nothing at all can be written
   */
  async among(ids: readonly string[], tasks: readonly number[]): Promise<Map<string, string>> {
    try {
      await this.server.finished(tasks);
      this.hasWritten ||= tasks.length > 0;
      return new Map();
    } catch (error) {
      const went = { any: false };
      const refused = await this.halved(ids, error, went);
      this.hasWritten ||= went.any;
      if (!this.hasWritten && refused.some(({ isSure }) => !isSure)) throw error;
      for (const { id, cause } of refused)
        this.logger.error(
          { opening: id, cause },
          'Meilisearch refuses an opening; it is left out of the index',
        );
      return new Map(refused.map(({ id, cause }) => [id, cause]));
    }
  }

  private async halved(
    ids: readonly string[],
    error: unknown,
    went: { any: boolean; doubts?: number },
  ): Promise<Refusal[]> {
    if (!(error instanceof MeilisearchTaskError) || !error.reason || error.reason.type === 'system')
      throw error;
    if (ids.length === 1) {
      const isSure = error.reason.code.startsWith('invalid_document');
      // So many in a row, and nothing written yet: that is no document's fault.
      if (!isSure && !this.hasWritten && !went.any && (went.doubts = (went.doubts ?? 0) + 1) > MOST_DOUBTS)
        throw error;
      return [{ id: ids[0]!, cause: error.message, isSure }];
    }
    const refused: Refusal[] = [];
    const middle = Math.ceil(ids.length / 2);
    for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
      const tasks = await this.send(half);
      try {
        await this.server.finished(tasks);
        went.any ||= tasks.length > 0;
      } catch (cause) {
        refused.push(...(await this.halved(half, cause, went)));
      }
    }
    return refused;
  }
}
