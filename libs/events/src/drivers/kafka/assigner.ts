import kafkajs, { type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;

export interface Member {
  id: string;
  topics: readonly string[];
}

/**
 * Shares each topic among the members that read it: equal parts, and what is left over goes round from topic to
 * topic. kafkajs's own assigner takes the leader's topics for everybody's: while a version that reads more is rolled
 * out, partitions would go to members that do not read them.
 * @param partitions by topic
 */
export function assign(
  members: readonly Member[],
  partitions: ReadonlyMap<string, readonly number[]>,
): Map<string, Record<string, number[]>> {
  const assignment = new Map(members.map(({ id }): [string, Record<string, number[]>] => [id, {}]));
  let turn = 0;
  for (const topic of [...partitions.keys()].sort()) {
    const readers = members.filter(({ topics }) => topics.includes(topic)).map(({ id }) => id);
    readers.sort();
    if (readers.length === 0) continue;
    for (const partition of [...(partitions.get(topic) ?? [])].sort((a, b) => a - b)) {
      const own = assignment.get(readers[turn++ % readers.length] ?? '') ?? {};
      (own[topic] ??= []).push(partition);
    }
  }
  return assignment;
}

/** The assigner by which the members of a group share topics, as kafkajs wants it. */
export const topicReaders: PartitionAssigner = ({ cluster }) => ({
  name: 'TopicReaders',
  version: 1,
  async assign({ members }) {
    const readers = members.map(({ memberId, memberMetadata }) => ({
      id: memberId,
      topics: MemberMetadata.decode(memberMetadata)?.topics ?? [],
    }));
    const names = [...new Set(readers.flatMap(({ topics }) => topics))];
    // The leader may not know topics that only others read.
    await cluster.addMultipleTargetTopics(names);
    const partitions = new Map(
      names.map((name) => [name, cluster.findTopicPartitionMetadata(name).map((p) => p.partitionId)]),
    );
    return [...assign(readers, partitions)].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({
        version: this.version,
        assignment,
        userData: Buffer.alloc(0),
      }),
    }));
  },
  protocol({ topics }) {
    return {
      name: this.name,
      metadata: MemberMetadata.encode({ version: this.version, topics, userData: Buffer.alloc(0) }),
    };
  },
});
