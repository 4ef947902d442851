/** The views of topics, as the documentation of the wire says. */

import type { Scene, Table } from '../table/vocabulary.gen';
import type { Patch, View } from '../wire/patches';

export interface GameInfo {
  readonly key: string;
  readonly title: string;
  readonly seats: readonly number[];
  readonly hides_nothing: boolean;
  readonly options: OptionsSchema;
  /** The formats in which a match of it can be had. */
  readonly exports: readonly string[];
  /** Whether the server can say how it is played. */
  readonly explained: boolean;
}

export type OptionValue = string | number | boolean;
export type OptionValues = Record<string, OptionValue>;

/** The JSON schema of a game's options. */
export interface OptionsSchema {
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly $defs?: Readonly<Record<string, OptionSchema>>;
}

export interface OptionSchema {
  readonly $ref?: string;
  readonly type?: 'integer' | 'boolean' | 'string';
  readonly title?: string;
  readonly description?: string;
  readonly default?: OptionValue;
  readonly enum?: readonly OptionValue[];
  readonly const?: OptionValue;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export interface Picture {
  readonly table: Table;
  readonly scene: Scene;
}

export interface PlayedMatch {
  readonly id: string;
  readonly game: string;
  readonly players: readonly string[];
  readonly created_ms: number;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export type LobbySeat = null | { readonly bot: string } | { readonly player: string; readonly ready: boolean };

export interface LobbyView {
  readonly id: string;
  readonly game: string;
  readonly options: OptionValues;
  readonly listed: boolean;
  readonly phase: 'open' | 'started' | 'closed';
  readonly host: string;
  readonly seats: readonly LobbySeat[];
  readonly members: readonly Member[];
}

export interface OpenLobby {
  readonly game: string;
  readonly options: OptionValues;
  readonly host: string;
  readonly seats: number;
  readonly taken: number;
}

export type LobbiesView = Readonly<Record<string, OpenLobby>>;
export type AttendantsView = Readonly<Record<string, { readonly games: readonly string[] }>>;

export interface Over {
  readonly ending: string;
  readonly points: readonly number[];
}

/** A match in the form `scene`. */
export interface MatchView {
  readonly scene: Scene;
  readonly turn: readonly number[];
  readonly over: Over | null;
  readonly resigned: readonly number[];
  readonly last?: Moved | null;
}

/** A seat and the text of its move. */
export type Moved = readonly [seat: number, move: string];

export interface About {
  readonly game: string;
  readonly options: OptionValues;
  readonly players: readonly Member[];
  readonly commitment: string;
  readonly created_ms: number;
  readonly table?: Table;
}

export interface MatchInfo {
  readonly id: string;
  readonly version: number;
  readonly about: About;
  readonly view: { readonly turn: readonly number[]; readonly over: Over | null };
}

export interface SeatPresence {
  readonly state: 'connected' | 'away' | 'gone';
  readonly since_ms: number;
}

export interface PresenceView {
  readonly spectators?: { readonly count: number };
  readonly rematch?: { readonly lobby: string };
  readonly [seat: string]: SeatPresence | { readonly count: number } | { readonly lobby: string } | undefined;
}

export interface Line {
  readonly player: string;
  readonly name: string;
  readonly text: string;
  readonly at_ms: number;
}

export type ChatView = Readonly<Record<string, Line>>;

export interface HistoryAnswer {
  readonly first: View;
  readonly patches: readonly Patch[];
  readonly at_ms: readonly number[];
  readonly moves: readonly (Moved | null)[];
}

export interface MatchRecord {
  readonly seed: string;
  readonly commitment: string;
  readonly draws: readonly Draw[];
  readonly entries: readonly { readonly version: number; readonly draws: readonly Draw[] }[];
}

/** A number below `n`. */
export type Draw = readonly [n: number, drawn: number];
