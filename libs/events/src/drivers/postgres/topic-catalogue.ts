import type { Pool } from 'pg';
import type { TopicSpec } from '../../driver.js';

export interface CatalogueTopic {
  id: number;
  name: string;
  partitions: number;
}

/** Topics by name; they never change once made, so they are kept in memory. */
export class TopicCatalogue {
  private readonly byName = new Map<string, CatalogueTopic>();

  constructor(private readonly pool: Pool) {}

  async ensure(topics: readonly TopicSpec[]): Promise<void> {
    for (const topic of topics) {
      await this.pool.query(
        'INSERT INTO log_topic (name, partitions) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
        [topic.name, topic.partitions],
      );
      await this.pool.query(
        `INSERT INTO log_partition (topic_id, partition)
         SELECT t.id, n FROM log_topic t, generate_series(0, t.partitions - 1) n WHERE t.name = $1
         ON CONFLICT DO NOTHING`,
        [topic.name],
      );
    }
  }

  /** @throws Error when the topic was never created */
  async get(name: string): Promise<CatalogueTopic> {
    const known = this.byName.get(name);
    if (known) return known;
    const { rows } = await this.pool.query<CatalogueTopic>(
      'SELECT id, name, partitions FROM log_topic WHERE name = $1',
      [name],
    );
    const [topic] = rows;
    if (!topic) throw new Error(`the event log has no topic ${name}`);
    this.byName.set(name, topic);
    return topic;
  }
}
