/** One topic, as one audience, for everyone here who listens to it. */

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { same, type View } from './patches';
import type { Key } from './session';

/** The legal moves of a seat that owes one, at the version that they belong to. */
export interface Legal {
  readonly version: number;
  readonly moves: readonly LegalMove[];
  /**
   * Of each move its picks, for the form `scene`: null where the one pick is the move's own text, and null for
   * the whole list where that holds for every move.
   */
  readonly picks: readonly (readonly string[] | null)[] | null;
}

/** A move's text, a number in a range, or a subset of words: see `LegalMoves`. */
export type LegalMove = string | readonly ['number', ...unknown[]] | readonly ['subset', ...unknown[]];

/** Nothing more comes of a topic. */
export interface FeedEnd {
  readonly code: string;
  readonly sentence: string;
}

/**
 * One topic, as one audience, from now until `close`, over all connections.
 *
 * `V` is the type of its view, which is the caller's word for what the documentation of the wire says.
 */
export interface Feed<V = View> {
  readonly topic: string;
  readonly seat: number | null;
  /** The newest view; null until the first is there. A view is never changed in place, parts are shared. */
  readonly view: ReadonlySignal<V | null>;
  /** The version of that view; -1 until there is one. */
  readonly version: ReadonlySignal<number>;
  /** What does not change about the topic, as told when watching was accepted. */
  readonly about: ReadonlySignal<View>;
  /** The legal moves, while they are those of the view that is here and no move of the seat is under way. */
  readonly legal: ReadonlySignal<Legal | null>;
  /** Why there is nothing more, or that watching was refused; null while it goes on. */
  readonly ended: ReadonlySignal<FeedEnd | null>;
  /**
   * Calls back for each version that comes, none left out but those that a snapshot passed over, and at once for
   * the one that is here; `before` is null for the first. Returns what stops it.
   */
  each(listener: Listener<V>): () => void;
  /** Stops listening. */
  close(): void;
}

export type Listener<V> = (view: V, version: number, before: V | null) => void;

/** What all feeds of one topic and audience share. `plays` counts the moves of the seat that are under way. */
export class Source {
  readonly view = signal<View | null>(null);
  readonly version = signal(-1);
  readonly about = signal<View>({});
  readonly ended = signal<FeedEnd | null>(null);
  /** How many feeds listen, and how many of them not only from aside. */
  feeds = 0;
  there = 0;
  /** Whether any of them wanted the legal moves. */
  wantMoves = false;
  readonly #offer = signal<Legal | null>(null);
  readonly #listeners = new Set<Listener<View>>();
  readonly legal: ReadonlySignal<Legal | null>;

  constructor(
    readonly key: Key,
    plays: ReadonlySignal<ReadonlyMap<string, Plays>>,
  ) {
    const match = key.topic.replace(/^match\//u, '');
    this.legal = computed(() => {
      const legal = this.#offer.value;
      const { underWay, least } = plays.value.get(seatOf(match, key.seat)) ?? NO_PLAYS;
      return legal && !underWay && legal.version >= least && legal.version === this.version.value ? legal : null;
    });
  }

  /** After a restart of the server the same view may come again, which is no news. */
  changed(version: number, view: View): void {
    const before = this.view.peek();
    if (before && version === this.version.peek() && same(before, view)) return;
    this.view.value = view;
    this.version.value = version;
    for (const listener of this.#listeners) listener(view, version, before);
  }

  offered(legal: Legal): void {
    this.#offer.value = legal;
  }

  /** A feed of its own for one listener. */
  feed(closed: () => void): Feed {
    const { key, view, version, about, legal, ended } = this;
    const mine = new Set<Listener<View>>();
    let open = true;
    return {
      topic: key.topic,
      seat: key.seat,
      view,
      version,
      about,
      legal,
      ended,
      each: (listener) => {
        const own: Listener<View> = (...told) => listener(...told);
        if (open) {
          mine.add(own);
          this.#listeners.add(own);
          const here = view.peek();
          if (here) own(here, version.peek(), null);
        }
        return () => this.#listeners.delete(own);
      },
      close: () => {
        if (!open) return;
        open = false;
        for (const own of mine) this.#listeners.delete(own);
        closed();
      },
    };
  }
}

/** Moves of a seat: how many have no answer yet, and the version that the last one made. */
export interface Plays {
  readonly underWay: number;
  readonly least: number;
}

export const NO_PLAYS: Plays = { underWay: 0, least: 0 };

export function seatOf(match: string, seat: number | null): string {
  return `${match} ${seat ?? ''}`;
}
