/** Which bots one can ask to play. */

import { computed, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { usePage } from './page';
import type { AttendantsView } from './views';

/** The names of the bots that attend, by the games that they play. */
export type Bots = ReadonlyMap<string, readonly string[]>;

export function botsByGame(attendants: AttendantsView): Bots {
  const found = new Map<string, string[]>();
  for (const [name, { games }] of Object.entries(attendants)) {
    for (const game of games) found.set(game, [...(found.get(game) ?? []), name]);
  }
  return found;
}

/** Follows the bots that attend while the component is there. */
export function useBots(): ReadonlySignal<Bots> {
  const { client } = usePage();
  const feed = useMemo(() => client.watch<AttendantsView>('attendants'), [client]);
  useEffect(() => () => feed.close(), [feed]);
  return useMemo(() => computed(() => botsByGame(feed.view.value ?? {})), [feed]);
}
