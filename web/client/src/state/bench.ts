/** A workbench: the players of a match in one window, each with a connection of its own. */

import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { createClient, type Client, type Feed, type Frame } from '../wire/client';
import { tabStore } from '../wire/store';
import { follow, patiently, until, type Followed } from './follow';
import type { MatchInfo, OptionValues } from './views';

const FRAMES_KEPT_MAX = 300;

/** What passed on one connection, newest first. */
export interface Tap {
  readonly client: Client;
  readonly delayMs: Signal<number>;
  readonly frames: ReadonlySignal<readonly Frame[]>;
  /** Of all frames, also those that are not kept any more. */
  readonly total: ReadonlySignal<{ readonly frames: number; readonly bytes: number }>;
  clear(): void;
}

/** One audience of the match. */
export interface Chair {
  /** Null is for spectators. */
  readonly seat: number | null;
  readonly name: string | null;
  readonly tap: Tap;
  /** Whether another chair before it has the same connection. */
  readonly shared: boolean;
  readonly match: Followed;
  /** The game's own plain data. */
  readonly view: Feed;
}

export interface Bench {
  readonly chairs: ReadonlySignal<readonly Chair[] | null>;
  /** Whether no seat is ours. */
  readonly foreign: ReadonlySignal<boolean>;
  readonly trouble: ReadonlySignal<string | null>;
  close(): void;
}

export interface BenchWish {
  readonly game: string;
  readonly options: OptionValues;
  readonly seats: number;
  /** One player in all seats, rather than one in each. */
  readonly single: boolean;
}

/** The player of that chair in this tab, who is the same after a reload. */
function playerOf(chair: number, name: string | null): Client {
  return createClient({ store: tabStore(`parlour.chair.${chair}.`), name });
}

/** Begins a match; its id. The players leave, to come back on the match's own page. Raises RefusedError. */
export async function beginBench(wish: BenchWish, nameOf: (chair: number) => string): Promise<string> {
  const players = Array.from({ length: wish.single ? 1 : wish.seats }, (_, chair) => playerOf(chair, nameOf(chair)));
  try {
    const [host] = players;
    if (!host) throw new Error('a match has seats');
    const { game, options, seats } = wish;
    const lobby = await host.request({ message: 'CreateLobby', game, options, seats, listed: false });
    for (let seat = 0; seat < seats; seat += 1) {
      await (players[seat] ?? host).request({ message: 'TakeSeat', lobby, seat });
    }
    return lobby;
  } finally {
    for (const player of players) player.end();
  }
}

/** Every audience of a match: the seats of players of this tab (or of ours), and the spectators. */
export function openBench(mine: Client, id: string): Bench {
  const chairs = signal<readonly Chair[] | null>(null);
  const foreign = signal(false);
  const trouble = signal<string | null>(null);
  const at = signal<number | null>(null);
  const stops: (() => void)[] = [];
  let closed = false;

  async function open(): Promise<void> {
    const address = `/api/matches/${encodeURIComponent(id)}`;
    const info = await patiently(mine, () => mine.api<MatchInfo>(address), () => closed);
    if (!info || closed) return;
    const { players } = info.about;
    const clients = players.map((_, chair) => playerOf(chair, null));
    stops.push(() => clients.forEach((client) => client.end()));
    const known = [mine, ...clients];
    await Promise.all(known.map((client) => until(() => client.me.value !== null)));
    if (closed) return;
    const taps = new Map<Client, Tap>();
    const seats = players.flatMap((player, seat) => {
      const client = known.find((one) => one.me.peek()?.player === player.id);
      return client ? [chairOf(client, seat, player.name, taps)] : [];
    });
    foreign.value = seats.length === 0;
    chairs.value = [...seats, chairOf(mine, null, null, taps)];
    for (const client of clients) if (!taps.has(client)) client.end();
  }

  function chairOf(client: Client, seat: number | null, name: string | null, taps: Map<Client, Tap>): Chair {
    const shared = taps.has(client);
    const tap = taps.get(client) ?? tapOn(client, stops);
    taps.set(client, tap);
    const match = follow(client, id, { seat, at });
    const view = client.watch(`match/${id}`, seat === null ? {} : { seat });
    stops.push(() => match.close(), () => view.close());
    return { seat, name, tap, shared, match, view };
  }

  open().catch((error: unknown) => (trouble.value = String(error instanceof Error ? error.message : error)));
  return {
    chairs,
    foreign,
    trouble,
    close() {
      closed = true;
      for (const stop of stops.toReversed()) stop();
    },
  };
}

function tapOn(client: Client, stops: (() => void)[]): Tap {
  const frames = signal<readonly Frame[]>([]);
  const total = signal({ frames: 0, bytes: 0 });
  const delayMs = signal(0);
  stops.push(
    client.tap((frame) => {
      frames.value = [frame, ...frames.peek()].slice(0, FRAMES_KEPT_MAX);
      total.value = { frames: total.peek().frames + 1, bytes: total.peek().bytes + frame.bytes.length };
    }),
    delayMs.subscribe((ms) => client.delay(ms)),
    () => client.delay(0),
  );
  const clear = (): void => {
    frames.value = [];
    total.value = { frames: 0, bytes: 0 };
  };
  return { client, delayMs, frames, total, clear };
}
