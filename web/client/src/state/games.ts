/** The games of the server, and how each looks. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { patiently } from './follow';
import type { Client } from '../wire/client';
import type { GameInfo, Picture } from './views';

export interface Games {
  /** Null until they are known. */
  readonly list: ReadonlySignal<readonly GameInfo[] | null>;
  /** A game by its key; undefined for one that is not known (yet). */
  find(key: string): GameInfo | undefined;
  /** What a game is called; its key where that is not known. */
  title(key: string): string;
  /** How a game looks before its first move; asked for once. */
  picture(key: string): Promise<Picture>;
}

export function createGames(client: Client): Games {
  const list = signal<readonly GameInfo[] | null>(null);
  const pictures = new Map<string, Promise<Picture>>();
  void patiently(client, () => client.api<GameInfo[]>('/api/games'), () => false).then((games) => (list.value = games));
  const find = (key: string): GameInfo | undefined => list.value?.find((game) => game.key === key);
  const ask = (key: string): Promise<Picture> => {
    const asked = client.api<Picture>(`/api/games/${encodeURI(key)}/picture`);
    asked.catch(() => pictures.delete(key)); // the next who looks asks again
    pictures.set(key, asked);
    return asked;
  };
  return { list, find, title: (key) => find(key)?.title ?? key, picture: (key) => pictures.get(key) ?? ask(key) };
}
