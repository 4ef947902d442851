/** What the server promised about the luck of matches while they were played: this browser remembers it and holds it against what is said afterwards. */

import type { Store } from '../wire/store';

const KEPT = 'parlour.promises';
const KEPT_MAX = 50;

type Promised = readonly (readonly [match: string, commitment: string])[];

/** The one that was seen first stays; of many matches the newest are kept. */
export function notePromise(store: Store, match: string, commitment: string): void {
  const before = noted(store);
  if (before.some(([id]) => id === match)) return;
  store.set(KEPT, JSON.stringify([...before, [match, commitment]].slice(-KEPT_MAX)));
}

/** What was promised when this browser followed the match; null when it did not. */
export function promiseOf(store: Store, match: string): string | null {
  return noted(store).find(([id]) => id === match)?.[1] ?? null;
}

function noted(store: Store): Promised {
  try {
    const kept: unknown = JSON.parse(store.get(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPromise) : [];
  } catch {
    return []; // damaged: as if nothing had been noted
  }
}

function isPromise(kept: unknown): kept is Promised[number] {
  return Array.isArray(kept) && kept.length === 2 && kept.every((part) => typeof part === 'string');
}
