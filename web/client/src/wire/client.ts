/**
 * The client: one player at one server, over as many connections as it takes.
 *
 * While it has not ended, every request gets its one answer and every feed goes on, however often the
 * connection is lost or the server restarts. Nothing here knows of the page.
 */

import type { ReadonlySignal } from '@preact/signals';
import type { ClientMessage, Request, ServerMessage, Unwatch, Watch } from './messages.gen';
import type { View } from './patches';

/** How it stands with the connection. Times are those of this machine's clock (`Date.now()`). */
export type Connection =
  /** The first connection is being made; so far nobody has answered. */
  | { readonly state: 'connecting' }
  /** Welcomed; `way` is `http` where WebSockets are blocked. */
  | { readonly state: 'live'; readonly way: Way }
  /** Lost, and being made anew. `nextTryMs` is null while a try is under way, or while the machine is offline. */
  | {
      readonly state: 'reconnecting';
      readonly sinceMs: number;
      readonly nextTryMs: number | null;
      readonly tries: number;
      readonly offline: boolean;
    }
  /** The server has said that it goes, and when to come back; `sentence` is its own. */
  | { readonly state: 'away'; readonly sinceMs: number; readonly nextTryMs: number | null; readonly sentence: string }
  /** There will be no other connection: close code and the server's reason. A reload of the page begins anew. */
  | { readonly state: 'ended'; readonly code: number; readonly sentence: string };

export type Way = 'websocket' | 'http';

/** Who we are to the server. */
export interface Me {
  readonly player: string;
  readonly name: string;
}

/** The server said no, in a sentence for people; `waitMs` is how long to wait before asking again. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly waitMs: number | null,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** The client has ended, so that no answer will come. */
export class EndedError extends Error {
  override readonly name = 'EndedError';
}

/** A request without its id, which the client gives it. */
export type Asked = Unnumbered<Exclude<Request, Watch | Unwatch>>;
type Unnumbered<R> = R extends Request ? Omit<R, 'request'> : never;

/** What a request is accepted with: the id of a lobby, the version that was made, or nothing. */
export type ValueOf<A extends Asked> = A['message'] extends keyof Values ? Values[A['message']] : unknown;

interface Values {
  CreateLobby: string;
  JoinLobby: number;
  LeaveLobby: number;
  TakeSeat: number;
  AskBot: number;
  SetReady: number;
  StartMatch: number;
  Kick: number;
  Play: number;
  Resign: number;
}

export type Form = NonNullable<Watch['form']>;

export interface WatchOptions {
  /** One's own seat; without it, what spectators may know. */
  readonly seat?: number;
  /** `scene`: ready to be drawn; otherwise the game's own plain data. */
  readonly form?: Form;
  /** Whether to be told the legal moves of the seat. */
  readonly moves?: boolean;
}

/** The legal moves of a seat that owes one, at the version that they belong to. */
export interface Legal {
  readonly version: number;
  readonly moves: readonly LegalMove[];
  /** Of each move its picks, for the form `scene`: null for `[move]`, and null as a whole where that holds for all. */
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
  /** The legal moves, while they are those of the view that is here and no other move is under way. */
  readonly legal: ReadonlySignal<Legal | null>;
  /** Why there is nothing more, or that watching was refused; null while it goes on. */
  readonly ended: ReadonlySignal<FeedEnd | null>;
  /**
   * Calls back for each version, none left out but those that a snapshot passed over; `before` is null for
   * the first. Returns what stops it.
   */
  each(listener: (view: V, version: number, before: V | null) => void): () => void;
  /** Stops listening. */
  close(): void;
}

/** A frame as it passed, for the workbench. */
export interface Frame {
  readonly direction: 'in' | 'out';
  /** This machine's clock. */
  readonly atMs: number;
  readonly bytes: Uint8Array;
  /** What it says; null when it cannot be read. */
  readonly message: ClientMessage | ServerMessage | null;
}

export interface Client {
  readonly connection: ReadonlySignal<Connection>;
  /** Null until it has been measured. */
  readonly roundTripMs: ReadonlySignal<number | null>;
  /** What to add to this machine's clock for the server's. */
  readonly clockOffsetMs: ReadonlySignal<number>;
  /** Null until the first welcome of this visit. */
  readonly me: ReadonlySignal<Me | null>;
  /** How many requests have no answer yet. */
  readonly unanswered: ReadonlySignal<number>;

  /** The server's clock, as near as we know. */
  serverNowMs(): number;

  /**
   * Asks for something; the value it was accepted with. It is sent again, with the same id, until there is an
   * answer. Rejects with RefusedError, or with EndedError.
   */
  request<A extends Asked>(asked: A): Promise<ValueOf<A>>;

  /** Listens to a topic. Watching the same twice is fine: both hear it until both are closed. */
  watch<V = View>(topic: string, options?: WatchOptions): Feed<V>;

  /** Calls back for every frame of the wire, from now on. Returns what stops it. */
  tap(listener: (frame: Frame) => void): () => void;

  /** Cuts the connection, as a bad network would; the client comes back by itself. */
  cut(): void;
  /** Holds every frame back for so long, in both directions; 0 is as it was. */
  delay(ms: number): void;

  /** Tries to connect now instead of waiting for the next try. */
  retry(): void;
  /** Leaves; requests without an answer reject with EndedError. */
  end(): void;
}
