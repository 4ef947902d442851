// Made by `make records` from the Python sources; changed there, never here.

import { anything, flag, list, map, message, nil, number, oneOf, or, text } from './fields';

/**
 * The first message. Without a token the server makes a guest of that name, or of a name of its own.
 *
 * With a token and a name the player of the token goes by that name from now on, and gets a token that
 * says so. Lobbies and matches that they are in keep the name of before.
 */
export interface Hello {
  readonly message: 'Hello';
  readonly token?: string | null;
  readonly name?: string | null;
}

/** Asks for a `Pong`: liveness, round trip and the offset of the clocks. */
export interface Ping {
  readonly message: 'Ping';
  /** since 1970-01-01 UTC */
  readonly sent_ms: number;
}

/**
 * Listens to a topic, as a seat that is one's own or as a spectator.
 *
 * Accepted with `{"feed": number, …}` and what does not change about the topic; then follow either
 * the updates after `version`, when `epoch` and `version` say what one has, or a `Snapshot`; and then
 * the `LegalMoves` of that seat, now and whenever it owes a move, when `moves` is true. A form of nil
 * is `view`. A watch ends with its connection: sent again on another, it is carried out again. When
 * `aside` is true, the watcher does not count as being there in the match, as for a list of matches.
 */
export interface Watch {
  readonly message: 'Watch';
  /** chosen by the sender, used once */
  readonly request: string;
  /** `match/ID`, `presence/ID` (who is there in a match), `lobby/ID`, `chat/ID` (what is said in a lobby and its match), `gallery/ID` (what spectators of a match say to each other), `lobbies` (the open ones) or `attendants` (bots one can ask for) */
  readonly topic: string;
  readonly seat?: number | null;
  readonly form?: 'view' | 'scene' | null;
  readonly moves?: boolean | null;
  readonly epoch?: string | null;
  readonly version?: number | null;
  readonly aside?: boolean | null;
}

/** Stops listening to a feed. */
export interface Unwatch {
  readonly message: 'Unwatch';
  /** chosen by the sender, used once */
  readonly request: string;
  /** names a feed on this connection, until it is left */
  readonly feed: number;
}

/**
 * Makes a move. Accepted with the version that it made.
 *
 * With `version`, that of the view the move was chosen for, it is refused as `too_late` when the seat has
 * moved since: so a move never counts for another turn than the one that was meant.
 */
export interface Play {
  readonly message: 'Play';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly match: string;
  readonly seat: number;
  readonly move: string;
  readonly version?: number | null;
}

/** Gives up a seat's match. Accepted with the version that it made. */
export interface Resign {
  readonly message: 'Resign';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly match: string;
  readonly seat: number;
}

/**
 * One more, after a match that is over, by who had a seat in it.
 *
 * Accepted with the id of a lobby of the same game, options and seats: the same for all who ask. Its host is who asked
 * first; seats are taken as in any lobby.
 */
export interface Rematch {
  readonly message: 'Rematch';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly match: string;
}

/** Opens a lobby and becomes its host. Accepted with its id, which is also its join code. */
export interface CreateLobby {
  readonly message: 'CreateLobby';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly game: string;
  readonly options: Record<string, boolean | number | string>;
  readonly seats: number;
  /** false: only those who have the code find it */
  readonly listed: boolean;
}

/** Enters a lobby without taking a seat. */
export interface JoinLobby {
  readonly message: 'JoinLobby';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
}

/** Leaves a lobby and its seats. */
export interface LeaveLobby {
  readonly message: 'LeaveLobby';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
}

/** Sits down on a free seat (nil: on any), ready to start. Enters the lobby if need be. */
export interface TakeSeat {
  readonly message: 'TakeSeat';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly seat?: number | null;
}

/** The host asks an attending bot, by name, to take a free seat. */
export interface AskBot {
  readonly message: 'AskBot';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly seat: number;
  readonly bot: string;
}

/** Says whether the match may start as far as one's own seats are concerned. */
export interface SetReady {
  readonly message: 'SetReady';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly ready: boolean;
}

/** The host starts with those who sit, when the game can be played by so many. */
export interface StartMatch {
  readonly message: 'StartMatch';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
}

/** The host removes a player. */
export interface Kick {
  readonly message: 'Kick';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly player: string;
}

/** Leaves a seat (nil: every one that one has), and stays in the lobby. */
export interface StandUp {
  readonly message: 'StandUp';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly seat?: number | null;
}

/**
 * Says something to all who are in a lobby, or in the match that came of it. It is not kept over a restart.
 *
 * In a match that is not over only its players speak so.
 *
 * When `gallery` is true it is said in the match's gallery, which is the spectators' until the match is over: its
 * players neither hear it nor speak there. Then it is everybody's.
 */
export interface Say {
  readonly message: 'Say';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly text: string;
  readonly gallery?: boolean | null;
}

/**
 * Offers to sit down as a bot wherever one of this player's name is asked for.
 *
 * While a player attends under a name, on however many connections, no other player does.
 */
export interface Attend {
  readonly message: 'Attend';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly games: string[];
}

/** An attending bot does not take the seat that it was asked for; the seat is free again. */
export interface Decline {
  readonly message: 'Decline';
  /** chosen by the sender, used once */
  readonly request: string;
  readonly lobby: string;
  readonly seat: number;
}

/** The answer to `Hello`. `token` proves to be the same player next time; keep it. */
export interface Welcome {
  readonly message: 'Welcome';
  readonly player: string;
  readonly name: string;
  readonly token: string;
  /** changes when the server restarts; feeds and versions belong to one */
  readonly epoch: string;
  /** since 1970-01-01 UTC */
  readonly server_ms: number;
}

/** The answer to `Ping`. */
export interface Pong {
  readonly message: 'Pong';
  /** since 1970-01-01 UTC */
  readonly sent_ms: number;
  /** since 1970-01-01 UTC */
  readonly server_ms: number;
}

/** The request was carried out and is durable. `value` is described with each request. */
export interface Accepted {
  readonly message: 'Accepted';
  /** chosen by the sender, used once */
  readonly request: string;
  /** nil, a number, a text or a map */
  readonly value: unknown;
}

/** The request was not carried out, and nothing has changed. `wait_ms`: how long before asking again. */
export interface Refused {
  readonly message: 'Refused';
  /** chosen by the sender, used once */
  readonly request: string;
  /** stable, for programs */
  readonly code: string;
  /** for people */
  readonly sentence: string;
  readonly wait_ms: number | null;
}

/** All of a feed's view at a version; what came before is of no use any more. */
export interface Snapshot {
  readonly message: 'Snapshot';
  /** names a feed on this connection, until it is left */
  readonly feed: number;
  readonly version: number;
  readonly view: Record<string, unknown>;
  readonly reason: 'first' | 'too_old' | 'other_epoch' | 'from_the_future';
}

/** The patch from the view at the version before. `checksum` comes from time to time. */
export interface Update {
  readonly message: 'Update';
  /** names a feed on this connection, until it is left */
  readonly feed: number;
  readonly version: number;
  readonly patch: unknown[];
  readonly checksum: number | null;
}

/**
 * The moves of a seat that owes one, to those who asked for them by `Watch.moves`.
 *
 * Each is a text, `["number", verb, low, high, step]` or `["subset", verb, words, least, most]`; a number may
 * have a sixth element, its presets: `[[label, amount], …]`.
 * `picks` has the picks of each, for feeds of the form `scene`: nil where the one pick is the move's own
 * text, as on a board of many places, and nil for the whole list where that holds for every move.
 */
export interface LegalMoves {
  readonly message: 'LegalMoves';
  /** names a feed on this connection, until it is left */
  readonly feed: number;
  readonly version: number;
  readonly seat: number;
  readonly moves: unknown[];
  readonly picks: (string[] | null)[] | null;
}

/** Nothing more comes from this feed. With code `unavailable`: watch the topic again. */
export interface FeedEnded {
  readonly message: 'FeedEnded';
  /** names a feed on this connection, until it is left */
  readonly feed: number;
  /** stable, for programs */
  readonly code: string;
  /** for people */
  readonly sentence: string;
}

/** To an attending bot: take this seat. */
export interface Invited {
  readonly message: 'Invited';
  readonly lobby: string;
  readonly seat: number;
  readonly game: string;
}

/** The server is about to close the connection. Come back after so long, which differs from client to client. */
export interface ComeBack {
  readonly message: 'ComeBack';
  readonly after_ms: number;
  /** for people */
  readonly sentence: string;
}

export type Request =
  | Watch
  | Unwatch
  | Play
  | Resign
  | Rematch
  | CreateLobby
  | JoinLobby
  | LeaveLobby
  | TakeSeat
  | AskBot
  | SetReady
  | StartMatch
  | Kick
  | StandUp
  | Say
  | Attend
  | Decline;

export type ClientMessage =
  | Hello
  | Ping
  | Watch
  | Unwatch
  | Play
  | Resign
  | Rematch
  | CreateLobby
  | JoinLobby
  | LeaveLobby
  | TakeSeat
  | AskBot
  | SetReady
  | StartMatch
  | Kick
  | StandUp
  | Say
  | Attend
  | Decline;

export type ServerMessage =
  | Welcome
  | Pong
  | Accepted
  | Refused
  | Snapshot
  | Update
  | LegalMoves
  | FeedEnded
  | Invited
  | ComeBack;

export const CLIENT_MESSAGES = {
  Hello: message(1, {
    token: or(text(1, 2048), nil),
    name: or(text(1, 32), nil),
  }),
  Ping: message(2, {
    sent_ms: number(),
  }),
  Watch: message(3, {
    request: text(1, 32),
    topic: text(1, 64, /^(lobbies|attendants|(lobby|match|presence|chat|gallery)\/[^\/]+)$/u),
    seat: or(number(0, 31), nil),
    form: or(oneOf('view', 'scene'), nil),
    moves: or(flag, nil),
    epoch: or(text(1, 32), nil),
    version: or(number(0), nil),
    aside: or(flag, nil),
  }),
  Unwatch: message(4, {
    request: text(1, 32),
    feed: number(1),
  }),
  Play: message(5, {
    request: text(1, 32),
    match: text(1, 32),
    seat: number(0, 31),
    move: text(1, 512),
    version: or(number(0), nil),
  }),
  Resign: message(6, {
    request: text(1, 32),
    match: text(1, 32),
    seat: number(0, 31),
  }),
  Rematch: message(7, {
    request: text(1, 32),
    match: text(1, 32),
  }),
  CreateLobby: message(10, {
    request: text(1, 32),
    game: text(1, 64),
    options: map(text(0, 64), or(flag, number(), text(0, 256)), 32),
    seats: number(1, 32),
    listed: flag,
  }),
  JoinLobby: message(11, {
    request: text(1, 32),
    lobby: text(1, 32),
  }),
  LeaveLobby: message(12, {
    request: text(1, 32),
    lobby: text(1, 32),
  }),
  TakeSeat: message(13, {
    request: text(1, 32),
    lobby: text(1, 32),
    seat: or(number(0, 31), nil),
  }),
  AskBot: message(14, {
    request: text(1, 32),
    lobby: text(1, 32),
    seat: number(0, 31),
    bot: text(1, 32),
  }),
  SetReady: message(15, {
    request: text(1, 32),
    lobby: text(1, 32),
    ready: flag,
  }),
  StartMatch: message(16, {
    request: text(1, 32),
    lobby: text(1, 32),
  }),
  Kick: message(17, {
    request: text(1, 32),
    lobby: text(1, 32),
    player: text(1, 32),
  }),
  StandUp: message(18, {
    request: text(1, 32),
    lobby: text(1, 32),
    seat: or(number(0, 31), nil),
  }),
  Say: message(19, {
    request: text(1, 32),
    lobby: text(1, 32),
    text: text(1, 240),
    gallery: or(flag, nil),
  }),
  Attend: message(20, {
    request: text(1, 32),
    games: list(text(1, 64), 512),
  }),
  Decline: message(21, {
    request: text(1, 32),
    lobby: text(1, 32),
    seat: number(0, 31),
  }),
} as const;

export const SERVER_MESSAGES = {
  Welcome: message(64, {
    player: text(1, 32),
    name: text(1, 32),
    token: text(1, 2048),
    epoch: text(1, 32),
    server_ms: number(),
  }),
  Pong: message(65, {
    sent_ms: number(),
    server_ms: number(),
  }),
  Accepted: message(66, {
    request: text(1, 32),
    value: anything,
  }),
  Refused: message(67, {
    request: text(1, 32),
    code: text(1, 64),
    sentence: text(1, 512),
    wait_ms: or(number(0), nil),
  }),
  Snapshot: message(68, {
    feed: number(1),
    version: number(0),
    view: map(text(0), anything),
    reason: oneOf('first', 'too_old', 'other_epoch', 'from_the_future'),
  }),
  Update: message(69, {
    feed: number(1),
    version: number(0),
    patch: list(anything),
    checksum: or(number(0, 4294967295), nil),
  }),
  LegalMoves: message(70, {
    feed: number(1),
    version: number(0),
    seat: number(0, 31),
    moves: list(anything),
    picks: or(list(or(list(text(0)), nil)), nil),
  }),
  FeedEnded: message(71, {
    feed: number(1),
    code: text(1, 64),
    sentence: text(1, 512),
  }),
  Invited: message(72, {
    lobby: text(1, 32),
    seat: number(0, 31),
    game: text(1, 64),
  }),
  ComeBack: message(73, {
    after_ms: number(0),
    sentence: text(1, 512),
  }),
} as const;

/** Why a socket closed, as its peer is told. */
export const CloseCode = {
  RESTARTING: 3000,
  TOO_SLOW: 3001,
  SILENT: 3002,
  HELLO_TOO_LATE: 3003,
  GAP: 3004,
  OVERLOADED: 3005,
  BAD_PATCH: 3006,
  BAD_FRAME: 3500,
  FRAME_TOO_LARGE: 3501,
  TEXT_FRAME: 3502,
  UNKNOWN_MESSAGE: 3503,
  BAD_MESSAGE: 3504,
  HELLO_EXPECTED: 3505,
  OUT_OF_PLACE: 3506,
  BAD_TOKEN: 3507,
} as const;

/** The errors that break a conversation, and what it is closed with. */
export const ERRORS = {
  BadFrame: 3500,
  FrameTooLarge: 3501,
  TextFrame: 3502,
  UnknownMessage: 3503,
  BadMessage: 3504,
  HelloExpected: 3505,
  OutOfPlace: 3506,
  HelloTooLate: 3003,
  BadToken: 3507,
  GapFound: 3004,
  BadPatch: 3006,
} as const;

export const FRAME_BYTES_MAX = 65536;
export const FRAME_DEPTH_MAX = 16;
export const FRAME_ITEMS_MAX = 16384;
export const ID_CHARS_MAX = 32;
export const NAME_CHARS_MAX = 32;
export const TOKEN_CHARS_MAX = 2048;
export const MOVE_CHARS_MAX = 512;
export const CHAT_CHARS_MAX = 240;
export const SEATS_MAX = 32;
export const OPTIONS_MAX = 32;
export const ATTENDED_GAMES_MAX = 512;
export const HELLO_SECONDS_MAX = 5.0;
export const REMEMBERED_FRAMES_MAX = 64;
export const CHECKSUM_EVERY_VERSIONS = 16;
export const BACKLOG_BYTES_MAX = 262144;
export const WATCHES_MAX = 4096;
export const STREAM_BODY_BYTES_MAX = 98304;
export const STREAM_BODIES_AHEAD_MAX = 4;
export const STREAM_BEAT_SECONDS = 15.0;
export const STREAM_SILENCE_SECONDS_MAX = 60.0;
export const UNANSWERED_MAX = 1024;
export const REPAIRS_MAX = 3;

export const STREAM_PATH = '/api/stream';
export const FRAMES_PATH = '/api/stream/frames';
export const NAME_HEADER = 'Parlour-Stream';
export const NUMBER_HEADER = 'Parlour-Sequence';
export const EVENTS_TYPE = 'text/event-stream';
export const FRAMES_TYPE = 'application/octet-stream';
export const LENGTH_BYTES = 4;
export const EVENT_BYTES_MAX = 87637;
