/** What the read model holds: the version, 0 when its parts are of different ones, null when a part is not there. */
export interface Kept {
  id: string;
  version: number | null;
}

/** What is seen of one id, in the order in which it was looked at. */
export interface Sighting {
  /** The owner's version; undefined when it is not to be held. */
  before: number | undefined;
  /** Whether the owner had, at that moment, an event of it that was not in the log yet. */
  unsent: boolean;
  /** Looked at after everything in the log had been handled. */
  kept: number | null | undefined;
  /** The owner's version thereafter. */
  now: number | undefined;
}

export type Verdict = 'same' | 'moving' | 'missing' | 'stale' | 'extra';

/** Pure: drift is only what the log has told already and what has not changed since. */
export function judge({ before, unsent, kept, now }: Sighting): Verdict {
  if (kept === now) return 'same';
  if (unsent || before !== now) return 'moving';
  if (now === undefined) return 'extra';
  return kept === undefined || kept === null ? 'missing' : 'stale';
}

/** Versions by id, without those after `end`. Ids are UUIDs in small letters: their text sorts as they do. */
export function upTo<V extends number | null>(
  items: readonly { id: string; version: V }[],
  end: string | undefined,
): Map<string, V> {
  const within = items.filter(({ id }) => end === undefined || id <= end);
  return new Map(within.map(({ id, version }) => [id, version]));
}

/** Ids of which the two sides do not say the same. */
export function differing(
  held: ReadonlyMap<string, number>,
  kept: ReadonlyMap<string, number | null>,
): string[] {
  const ids = new Set([...held.keys(), ...kept.keys()]);
  return [...ids].filter((id) => held.get(id) !== kept.get(id));
}
