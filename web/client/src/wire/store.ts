/** What is kept in the browser over reloads, for all tabs. */

export interface Store {
  get(key: string): string | null;
  /** Null forgets. */
  set(key: string, value: string | null): void;
}

/** The browser's own; where it has none, or forbids it, what is kept lasts as long as the page. */
export function browserStore(): Store {
  return storeIn(() => localStorage);
}

/** The same for this tab alone, under keys that begin so. */
export function tabStore(prefix: string): Store {
  const store = storeIn(() => sessionStorage);
  return { get: (key) => store.get(prefix + key), set: (key, value) => store.set(prefix + key, value) };
}

function storeIn(storage: () => Storage): Store {
  const beside = memoryStore();
  return {
    get: (key) => {
      try {
        return storage().getItem(key) ?? beside.get(key);
      } catch {
        return beside.get(key);
      }
    },
    set: (key, value) => {
      beside.set(key, value);
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        // #windows and full disks: this page goes on without
      }
    },
  };
}

export function memoryStore(): Store {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => {
      if (value === null) kept.delete(key);
      else kept.set(key, value);
    },
  };
}
