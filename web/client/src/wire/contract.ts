/** What a client offers: signals to draw from, requests, feeds, and what the workbench needs. */

import type { ReadonlySignal } from '@preact/signals';
import type { ConnectionState } from './connection';
import type { Feed } from './feed';
import type { ClientMessage, ServerMessage } from './messages.gen';
import type { View } from './patches';
import type { Asked, Form } from './session';

/** Who we are to the server. */
export interface Me {
  readonly player: string;
  readonly name: string;
}

/** What a request is accepted with: an id, the version that was made, or nothing. */
export type ValueOf<A extends Asked> = A['message'] extends keyof Values ? Values[A['message']] : unknown;

interface Values {
  /** The lobby's id. */
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
  /** The lobby's id. */
  Rematch: string;
}

export interface WatchOptions {
  /** One's own seat; without it, what spectators may know. */
  readonly seat?: number | null;
  /** `scene`: ready to be drawn; otherwise the game's own plain data. */
  readonly form?: Form;
  /** Whether to be told the legal moves of the seat. */
  readonly moves?: boolean;
  /** Whether one does not count as being there in the match, as for a list of matches. */
  readonly aside?: boolean;
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

/** A request over HTTP: with a body it is a POST. */
export interface ApiRequest {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Client {
  readonly connection: ReadonlySignal<ConnectionState>;
  /** Null until it has been measured. */
  readonly roundTripMs: ReadonlySignal<number | null>;
  /** What to add to this machine's clock for the server's. */
  readonly clockOffsetMs: ReadonlySignal<number>;
  /** Null until the first welcome of this visit. Another player when the server knows the old one no more. */
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

  /**
   * Asks the HTTP side, as the player that we are; the JSON of the answer. Rejects with RefusedError, whose code is
   * `unreachable` when nobody answers.
   */
  api<T>(path: string, request?: ApiRequest): Promise<T>;

  /** Goes by another name from now on: makes a new connection, on which all goes on. */
  rename(name: string): void;

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
