/** The open lobbies that are listed, live. */

import type { ReadonlySignal } from '@preact/signals';
import { useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { usePage } from './page';
import type { LobbiesView, OpenLobby } from './views';

export interface ListedLobby extends OpenLobby {
  readonly id: string;
}

/** Those with a free seat; null until they are known. */
export function useLobbies(): ReadonlySignal<readonly ListedLobby[] | null> {
  const { client } = usePage();
  const feed = useMemo(() => client.watch<LobbiesView>('lobbies'), [client]);
  useEffect(() => () => feed.close(), [feed]);
  return useComputed(() => feed.view.value && listed(feed.view.value));
}

function listed(view: LobbiesView): readonly ListedLobby[] {
  return Object.entries(view)
    .map(([id, lobby]) => ({ id, ...lobby }))
    .filter((lobby) => lobby.taken < lobby.seats);
}
