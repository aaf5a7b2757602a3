import type { DomainEvent } from '#events';

/** The last state of each aggregate of a batch, and those that were erased: one statement takes each row once. */
export function newest<State extends { id: string; version: number }>(
  events: readonly DomainEvent<State>[],
): { states: State[]; erased: string[] } {
  const last = new Map<string, State | null>();
  for (const { key, state } of events) {
    const known = last.get(key);
    if (state && known && known.version > state.version) continue;
    last.set(key, state);
  }
  return {
    states: [...last.values()].filter((state) => state !== null),
    erased: [...last].filter(([, state]) => state === null).map(([key]) => key),
  };
}
