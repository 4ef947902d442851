/** One match as this page follows it: whose eyes, what they see, what was sent and has no answer yet. */

import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { RefusedError, type Client, type Feed, type Legal } from '../wire/client';
import { createSteps, type Steps } from './steps';
import type { About, HistoryAnswer, MatchInfo, MatchView, PresenceView } from './views';

/** Refusals that are no answer: after a moment it may be another. */
const PASSING = new Set(['unreachable', 'unavailable', 'overloaded', 'restarting', 'slow_down']);

/** For how long another tab may be in front before one counts as away. */
const HIDDEN_MS_MAX = 20_000;

export interface Trouble {
  readonly code: string;
  readonly sentence: string;
}

export interface Followed {
  readonly id: string;
  readonly about: ReadonlySignal<About | null>;
  /** Why it cannot be shown; null while it can, or may yet be. */
  readonly trouble: ReadonlySignal<Trouble | null>;
  /** One's own seats. */
  readonly own: ReadonlySignal<readonly number[]>;
  /** Through whose eyes one sees: a seat of one's own, or null for a spectator. */
  readonly seat: ReadonlySignal<number | null>;
  readonly view: ReadonlySignal<MatchView | null>;
  readonly legal: ReadonlySignal<Legal | null>;
  readonly presence: ReadonlySignal<PresenceView | null>;
  readonly steps: Steps;
  /** The move that was sent and is not yet seen. */
  readonly pending: ReadonlySignal<string | null>;
  /** Why the last move was not played; the server's sentence. */
  readonly refusal: Signal<string | null>;
  /** Plays for another of one's own seats. */
  sitAt(seat: number): void;
  play(move: string): Promise<void>;
  close(): void;
}

/** Through whose eyes, whatever the turn, and at which version together with whom. */
export interface Fixed {
  readonly seat: number | null;
  readonly at: Signal<number | null>;
}

/** Follows a match until it is closed: on one's own seats, the one whose turn it is first, unless they are fixed. */
export function follow(client: Client, id: string, fixed?: Fixed): Followed {
  const about = signal<About | null>(null);
  const trouble = signal<Trouble | null>(null);
  const own = signal<readonly number[]>([]);
  const chosen = signal<number | null>(null);
  const feeds = signal<ReadonlyMap<number | null, Feed<MatchView>>>(new Map());
  const pending = signal<string | null>(null);
  const refusal = signal<string | null>(null);
  const steps = createSteps(fixed?.at);
  const presence = client.watch<PresenceView>(`presence/${id}`);
  const stops: (() => void)[] = [() => presence.close()];
  let closed = false;

  const seat = computed(() => {
    if (fixed) return fixed.seat;
    const owing = own.value.filter((mine) => feeds.value.get(mine)?.view.value?.turn.includes(mine));
    const wanted = chosen.value;
    if (wanted !== null && (owing.includes(wanted) || !owing.length)) return wanted;
    return owing[0] ?? own.value[0] ?? null;
  });
  const feed = computed(() => feeds.value.get(seat.value) ?? null);
  const view = computed(() => feed.value?.view.value ?? null);

  void begin();

  async function begin(): Promise<void> {
    try {
      const asked = patiently(client, () => client.api<MatchInfo>(`/api/matches/${encodeURIComponent(id)}`), () => closed);
      const [info] = await Promise.all([asked, welcomed(client)]); // side by side: one way there and back less
      if (closed || !info) return;
      about.value = info.about;
      own.value = info.about.players.flatMap((player, at) => (player.id === client.me.peek()?.player ? [at] : []));
      watchAll(fixed ? [fixed.seat] : own.value.length ? own.value : [null]);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      trouble.value = error;
    }
  }

  /** From aside; and beside that, while the page is in front, as who is there. */
  function watchAll(audiences: readonly (number | null)[]): void {
    const { front, stop } = inFront();
    stops.push(stop);
    stops.push(
      effect(() => {
        if (!front.value) return;
        const there = audiences.map((audience) => watch(client, id, audience));
        return () => there.forEach((open) => open.close());
      }),
    );
    feeds.value = new Map(audiences.map((audience) => [audience, watch(client, id, audience, true)]));
    stops.push(() => feeds.peek().forEach((open) => open.close()));
    stops.push(
      effect(() => {
        about.value = { ...about.peek(), ...(feed.value?.about.value as Partial<About>) } as About;
      }),
    );
    stops.push(effect(() => {
        trouble.value = feed.value?.ended.value ?? null;
      }));
    stops.push(effect(() => keepSteps(feed.value)));
  }

  /** The versions so far are asked for; those to come are added as they come. */
  function keepSteps(open: Feed<MatchView> | null): (() => void) | void {
    if (!open) return;
    let filled = false;
    let gone = false;
    const fill = async (): Promise<void> => {
      const query = open.seat === null ? '' : `?seat=${open.seat}`;
      const address = `/api/matches/${encodeURIComponent(id)}/history${query}`;
      const answer = await patiently(client, () => client.api<HistoryAnswer>(address), () => gone);
      if (gone || !answer) return;
      steps.tell(answer);
      filled = true;
      const newest = open.view.peek();
      if (newest && !steps.add(open.version.peek(), newest)) await fill();
    };
    const refill = (): void => {
      filled = false;
      fill().catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error; // refused: then there is no looking back, and play goes on
      });
    };
    steps.clear();
    const stop = open.each((newer, version) => {
      if (filled && !steps.add(version, newer)) refill();
    });
    refill();
    return () => {
      gone = true;
      stop();
    };
  }

  async function play(move: string): Promise<void> {
    const [from, open] = [seat.peek(), feed.peek()];
    const version = open?.legal.peek()?.version;
    if (from === null || !open || pending.peek() !== null) return;
    pending.value = move;
    refusal.value = null;
    try {
      const made = await client.request({ message: 'Play', match: id, seat: from, move, version: version ?? null });
      await reached(open, made);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refusal.value = error.sentence;
    } finally {
      pending.value = null;
    }
  }

  return {
    id,
    about,
    trouble,
    own,
    seat,
    view,
    legal: computed(() => feed.value?.legal.value ?? null),
    presence: presence.view,
    steps,
    pending,
    refusal,
    sitAt: (mine) => (chosen.value = mine),
    play,
    close() {
      closed = true;
      stops.forEach((stop) => stop());
    },
  };
}

/** The one way in which the page watches a match for an audience, so that all who do share it; `aside`: from elsewhere. */
export function watch(client: Client, id: string, audience: number | null, aside = false): Feed<MatchView> {
  const eyes = audience === null ? {} : { seat: audience, moves: !aside };
  return client.watch<MatchView>(`match/${id}`, { form: 'scene', aside, ...eyes });
}

/** Whether the page is in front, or was until a moment ago: to look something up is not to go away. */
function inFront(): { readonly front: ReadonlySignal<boolean>; stop(): void } {
  const front = signal(!document.hidden);
  const gone = new AbortController();
  let timer = 0;
  const seen = (): void => {
    clearTimeout(timer);
    if (!document.hidden) front.value = true;
    else timer = window.setTimeout(() => (front.value = false), HIDDEN_MS_MAX);
  };
  document.addEventListener('visibilitychange', seen, { signal: gone.signal });
  return { front, stop: () => (clearTimeout(timer), gone.abort()) };
}

/** When the server has said who we are. */
export function welcomed(client: Client): Promise<void> {
  return until(() => client.me.value !== null);
}

function reached(feed: Feed<MatchView>, version: number): Promise<void> {
  return until(() => feed.version.value >= version || feed.ended.value !== null);
}

/** When it has become true. */
export function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (!holds()) return;
      queueMicrotask(() => {
        stop();
        resolve();
      });
    });
  });
}

/** The answer, asked for again whenever the network fails and is there again; null once it is of no use any more. */
export async function patiently<T>(client: Client, ask: () => Promise<T>, useless: () => boolean): Promise<T | null> {
  for (let tries = 0; !useless(); tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RefusedError) || !PASSING.has(error.code)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** tries, 8000)));
    await until(() => client.connection.value.state === 'live');
  }
  return null;
}
