/** The matches in which one has a seat, followed from wherever one is on the page. */

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { RefusedError, type Client, type Feed } from '../wire/client';
import { watch, welcomed } from './follow';
import type { MatchInfo, MatchView, Member, PlayedMatch } from './views';

/** The newest; those before them are there again when some of these are over. */
const FOLLOWED_MAX = 16;

export interface OwnMatch {
  readonly id: string;
  readonly game: string;
  readonly players: readonly Member[];
  /** The first of one's own seats. */
  readonly seat: number;
  readonly feed: Feed<MatchView>;
}

export interface Own {
  /** Those that are not over; the ones that wait for us first. */
  readonly matches: ReadonlySignal<readonly OwnMatch[]>;
  readonly waiting: ReadonlySignal<number>;
  /** Asks the server again, as after a match has begun. */
  refresh(): Promise<void>;
}

export function createOwn(client: Client, onTurn: (match: OwnMatch) => void): Own {
  const known = signal<ReadonlyMap<string, OwnMatch>>(new Map());
  const running = computed(() => [...known.value.values()].filter((match) => !match.feed.view.value?.over && !match.feed.ended.value));
  const matches = computed(() => running.value.toSorted((one, other) => Number(waits(other)) - Number(waits(one))));

  async function refresh(): Promise<void> {
    await welcomed(client);
    const mine = (await client.api<PlayedMatch[]>('/api/matches/mine')).slice(0, FOLLOWED_MAX);
    const ids = new Set(mine.map((match) => match.id));
    const kept = [...known.peek()].filter(([id]) => ids.has(id));
    for (const [id, match] of known.peek()) if (!ids.has(id)) match.feed.close();
    const fresh = await Promise.all(mine.filter((match) => !known.peek().has(match.id)).map(opened));
    known.value = new Map([...kept, ...fresh.flatMap((match) => (match ? [[match.id, match] as const] : []))]);
  }

  async function opened({ id, game }: PlayedMatch): Promise<OwnMatch | null> {
    const { players } = (await client.api<MatchInfo>(`/api/matches/${encodeURIComponent(id)}`)).about;
    const seat = players.findIndex((player) => player.id === client.me.peek()?.player);
    if (seat < 0 || known.peek().has(id)) return null;
    const match = { id, game, players, seat, feed: watch(client, id, seat, true) };
    match.feed.each((view, _version, before) => {
      if (before && view.turn.includes(seat) && !before.turn.includes(seat)) onTurn(match);
    });
    return match;
  }

  let asking: Promise<void> | null = null;
  let stale = false; // an answer that is under way may have been made before what we ask for
  const ask = async (): Promise<void> => {
    while (stale) {
      stale = false;
      await refresh();
    }
  };
  const refreshed = (): Promise<void> => {
    stale = true;
    asking ??= ask()
      .catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error; // no network, or a busy server: the next look asks again
      })
      .finally(() => (asking = null));
    return asking;
  };

  return { matches, waiting: computed(() => matches.value.filter(waits).length), refresh: refreshed };
}

/** Whether it is our turn there. */
export function waits(match: OwnMatch): boolean {
  return match.feed.view.value?.turn.includes(match.seat) ?? false;
}
