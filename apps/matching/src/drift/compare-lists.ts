import { setTimeout as sleep } from 'node:timers/promises';
import type { VersionPage } from '#platform';
import { differing, judge, type Kept, upTo } from './judge.js';

/** An owner's list of what must be held, page by page in the order of the ids. */
export interface OwnerList {
  page(after: string): Promise<VersionPage>;
}

/** The same of the read model; a page without `next` is the last one. */
export interface IndexList {
  page(after: string): Promise<{ items: Kept[]; next?: string }>;
  of(ids: readonly string[]): Promise<Kept[]>;
}

export interface Drift {
  /** How many the owner has, and how many of the read model are whole. */
  owner: number;
  index: number;
  differing: { missing: number; stale: number; extra: number };
  /** Ids, the first twenty of each kind. */
  missing: string[];
  stale: string[];
  extra: string[];
  /** Changes that were on their way all the time: they say nothing about drift. */
  inFlight: number;
}

export interface Patience {
  /** Resolves when everything that is in the log now has been handled. */
  caughtUp(): Promise<void>;
  /** How long differences are given to settle, all together (ms). */
  settleMs: number;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const SHOWN_IDS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Walks both lists side by side and holds a page of each. What differs is looked at again once the consumer has
 * caught up, until it agrees, is drift, or has changed so often that it is left as in flight.
 */
export async function compareLists(owner: OwnerList, index: IndexList, patience: Patience): Promise<Drift> {
  const drift: Drift = {
    owner: 0,
    index: 0,
    differing: { missing: 0, stale: 0, extra: 0 },
    missing: [],
    stale: [],
    extra: [],
    inFlight: 0,
  };
  let left = patience.settleMs;
  for (let after = FIRST_ID; ;) {
    const [theirs, ours] = await Promise.all([owner.page(after), index.page(after)]);
    const [end] = [theirs.next, ours.next].filter((id) => id !== undefined).sort();
    const held = upTo(theirs.items, end);
    const kept = upTo(ours.items, end);
    drift.owner += held.size;
    drift.index += [...kept.values()].filter((version) => version !== null).length;
    const suspects = differing(held, kept);
    if (suspects.length > 0) {
      const started = Date.now();
      await settle(suspects, { owner, index, after, end, drift, caughtUp: patience.caughtUp, ms: left });
      left = Math.max(0, left - (Date.now() - started));
    }
    if (end === undefined) return drift;
    after = end;
  }
}

interface Stretch {
  owner: OwnerList;
  index: IndexList;
  after: string;
  end: string | undefined;
  drift: Drift;
  caughtUp: () => Promise<void>;
  ms: number;
}

async function settle(suspects: readonly string[], stretch: Stretch): Promise<void> {
  const { index, drift, caughtUp, ms } = stretch;
  const open = new Set(suspects);
  const deadline = Date.now() + ms;
  let before = await ownersOf(open, stretch);
  for (let pause = 20; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await caughtUp();
    const kept = new Map((await index.of([...open])).map(({ id, version }) => [id, version]));
    const now = await ownersOf(open, stretch);
    for (const id of [...open].sort()) {
      const verdict = judge({
        before: before.versions.get(id),
        unsent: before.unsent.has(id),
        kept: kept.get(id),
        now: now.versions.get(id),
      });
      if (verdict === 'moving') continue;
      open.delete(id);
      if (verdict === 'same') continue;
      drift.differing[verdict] += 1;
      if (drift[verdict].length < SHOWN_IDS) drift[verdict].push(id);
    }
    if (open.size === 0) return;
    if (Date.now() >= deadline) break;
    before = now;
    await sleep(pause);
  }
  drift.inFlight += open.size;
}

/** What the owner says of these ids now. */
async function ownersOf(
  ids: ReadonlySet<string>,
  { owner, after, end }: Stretch,
): Promise<{ versions: Map<string, number>; unsent: Set<string> }> {
  const versions = new Map<string, number>();
  const unsent = new Set<string>();
  for (let from: string | undefined = after; from !== undefined && (end === undefined || from < end);) {
    const page: VersionPage = await owner.page(from);
    for (const { id, version } of page.items) if (ids.has(id)) versions.set(id, version);
    for (const id of page.unsent) if (ids.has(id)) unsent.add(id);
    from = page.next;
  }
  return { versions, unsent };
}
