/** Lobbies that one sits in, wherever on the page one is: so that nobody misses the beginning of a match. */

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Client, Feed } from '../wire/client';
import type { Store } from '../wire/store';
import type { LobbyView } from './views';

const KEPT = 'parlour.lobbies';
const KEPT_MAX = 16;

export interface Expected {
  /** Those that are open. */
  readonly lobbies: ReadonlySignal<readonly LobbyView[]>;
  /** One sits in that lobby, from now on, also after a reload. */
  expect(id: string): void;
}

/** `onStart` hears of each that has become a match. */
export function createExpected(client: Client, store: Store, onStart: (id: string) => void): Expected {
  const feeds = signal<ReadonlyMap<string, Feed<LobbyView>>>(new Map());

  function keep(next: ReadonlyMap<string, Feed<LobbyView>>): void {
    feeds.value = next;
    store.set(KEPT, JSON.stringify([...next.keys()]));
  }

  function expect(id: string): void {
    if (feeds.peek().has(id) || feeds.peek().size >= KEPT_MAX) return;
    const feed = client.watch<LobbyView>(`lobby/${id}`);
    keep(new Map([...feeds.peek(), [id, feed]]));
    const stop = effect(() => {
      const lobby = feed.view.value;
      if (!feed.ended.value && (!lobby || isOpenTo(lobby, client.me.value?.player))) return;
      queueMicrotask(() => {
        stop();
        feed.close();
        keep(new Map([...feeds.peek()].filter(([other]) => other !== id)));
        if (lobby?.phase === 'started') onStart(id);
      });
    });
  }

  for (const id of keptIds(store.get(KEPT))) expect(id);
  return {
    lobbies: computed(() => [...feeds.value.values()].flatMap((feed) => (feed.view.value ? [feed.view.value] : []))),
    expect,
  };
}

function isOpenTo(lobby: LobbyView, player: string | undefined): boolean {
  return lobby.phase === 'open' && (player === undefined || lobby.members.some(({ id }) => id === player));
}

function keptIds(text: string | null): readonly string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, KEPT_MAX) : [];
  } catch {
    return []; // damaged: as if there were none
  }
}
