import type { Generation, VersionedIndex } from '../search-engine.js';
import { type IndexDocument } from './index-document.js';
import { changedSettings, indexSettings } from './index-settings.js';
import { isMissing, type MeilisearchServer } from './meilisearch-server.js';

/** Documents of a request, at most. */
export const BATCH = 20_000;
/** Characters of a request, about: the server takes 100 MB. */
const BODY = 20_000_000;
/** Documents of an answer, at most. */
const PAGE = 5_000;

export interface IndexedVersion {
  id: string;
  version: number;
}

/** The two indexes on the server: what is done to them, task by task. */
export class MeilisearchIndexes implements VersionedIndex {
  constructor(readonly server: MeilisearchServer) {}

  /** Makes the index and sends what of its settings is not as wanted, before any document. */
  async ensure(generation: Generation): Promise<void> {
    await this.make(generation);
    const index = this.index(generation);
    const changed = changedSettings(indexSettings(), await index.getSettings());
    if (!changed) return;
    const { taskUid } = await index.updateSettings(changed);
    await this.server.finished([taskUid]);
  }

  private async make(generation: Generation): Promise<void> {
    if (await this.createdAt(generation)) return;
    const { taskUid } = await this.server.writer.createIndex(this.index(generation).uid, {
      primaryKey: 'id',
    });
    await this.server.finished([taskUid]);
  }

  async drop(generation: Generation): Promise<void> {
    if (!(await this.createdAt(generation))) return;
    const { taskUid } = await this.server.writer.deleteIndex(this.index(generation).uid);
    await this.server.finished([taskUid]);
  }

  /**
   * Hands over documents, as they are: nobody is asked for versions.
   * @param lines of NDJSON
   * @returns the tasks that will have written them
   */
  async send(lines: readonly string[], generation: Generation): Promise<number[]> {
    const tasks: number[] = [];
    for (const body of bodiesOf(lines)) {
      const { taskUid } = await this.index(generation).addDocumentsFromString(body, 'application/x-ndjson', {
        primaryKey: 'id',
      });
      tasks.push(taskUid);
    }
    return tasks;
  }

  /** @returns the task that will have removed them */
  async discard(ids: readonly string[], generation: Generation): Promise<number> {
    const { taskUid } = await this.index(generation).deleteDocuments([...ids]);
    return taskUid;
  }

  /** `next` takes the place of `live`, whose former content is `next` from then on. */
  async swap(): Promise<void> {
    // For want of a live one an empty one is swapped; it needs no settings to be dropped.
    await this.make('live');
    const { live, next } = this.server.names;
    const { taskUid } = await this.server.writer.swapIndexes([{ indexes: [live, next], rename: false }]);
    await this.server.finished([taskUid]);
  }

  /** When what now has this name was made: it goes with the content at a swap. Undefined where there is none. */
  async createdAt(generation: Generation): Promise<string | undefined> {
    return (await this.info(generation))?.createdAt;
  }

  /** When the index was made and last written to; undefined where there is none. */
  async info(generation: Generation): Promise<{ createdAt: string; updatedAt: string } | undefined> {
    try {
      return await this.index(generation).getRawInfo();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async documents(generation: Generation): Promise<number> {
    return (await this.index(generation).getStats()).numberOfDocuments;
  }

  /** Versions of those of the ids that are there. */
  async versionsOf(ids: readonly string[], generation: Generation = 'live'): Promise<IndexedVersion[]> {
    const found: IndexedVersion[] = [];
    for (let i = 0; i < ids.length; i += PAGE) {
      const part = ids.slice(i, i + PAGE);
      const { results } = await this.index(generation).getDocuments<IndexDocument>({
        ids: part,
        // With a filter the client asks by POST: so many ids are too long for a URL.
        filter: 'id EXISTS',
        fields: ['id', 'version'],
        limit: part.length,
      });
      found.push(...results);
    }
    return found;
  }

  /** Versions in the order of the ids, after one. */
  async versionsAfter(id: string, limit: number): Promise<IndexedVersion[]> {
    const { results } = await this.index('live').getDocuments<IndexDocument>({
      filter: `id > "${id}"`,
      sort: ['id:asc'],
      fields: ['id', 'version'],
      limit,
    });
    return results;
  }

  /** The terms of every document, page by page. */
  async *terms(generation: Generation): AsyncGenerator<string[]> {
    for (let offset = 0; ; offset += PAGE) {
      const { results } = await this.index(generation).getDocuments<IndexDocument>({
        fields: ['terms'],
        limit: PAGE,
        offset,
      });
      for (const { terms } of results) yield terms;
      if (results.length < PAGE) return;
    }
  }

  private index(generation: Generation): ReturnType<MeilisearchServer['writer']['index']> {
    return this.server.writer.index(this.server.names[generation]);
  }
}

/** In requests that the server takes. */
function* bodiesOf(all: readonly string[]): Generator<string> {
  let lines: string[] = [];
  let length = 0;
  for (const line of all) {
    lines.push(line);
    length += line.length;
    if (lines.length < BATCH && length < BODY) continue;
    yield lines.join('\n');
    [lines, length] = [[], 0];
  }
  if (lines.length) yield lines.join('\n');
}
