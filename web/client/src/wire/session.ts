/**
 * The client's side of a conversation, without the network: frames in, events out, frames to send.
 *
 * Whoever owns the line gives the session what arrived and sends what the session has to send. When `receive` throws a
 * ProtocolError the server broke the conversation: close the line with its `closeCode`.
 *
 *     NEW ── connected() ──▸ GREETING ── Welcome ──▸ OPEN      an error ──▸ CLOSED
 *      ▴───────────────────── disconnected() ─────────────────────────────────┘
 *
 * The laws, over any number of connections: each request gets exactly one `Answered` and is sent with one id; each view
 * it tells is one that the server had, and versions only rise within an epoch. What does not fit is repaired with a
 * fresh snapshot and never shown. The twin of `ClientSession` in `protocol/client_session.py`: both pass the same transcripts.
 */

import { ProtocolError } from './errors';
import * as messages from './messages';
import {
  REPAIRS_MAX,
  UNANSWERED_MAX,
  type Accepted,
  type FeedEnded,
  type LegalMoves,
  type Refused,
  type Request,
  type ServerMessage,
  type Snapshot,
  type Unwatch,
  type Update,
  type Watch,
  type Welcome,
} from './messages.gen';
import { checksum, patched, same, type View } from './patches';

export type State = 'NEW' | 'GREETING' | 'OPEN' | 'CLOSED';
export type Form = NonNullable<Watch['form']>;

/** A request without its id, which the session gives it. */
export type Asked = Unnumbered<Exclude<Request, Watch | Unwatch>>;
type Unnumbered<R> = R extends Request ? Omit<R, 'request'> : never;

/** What tells a watched topic from all others. */
export interface Key {
  readonly topic: string;
  readonly seat: number | null;
  readonly form: Form | null;
}

export type Event =
  /** The conversation is open: what was asked for before is on its way. */
  | ({ readonly event: 'Welcomed' } & Omit<Welcome, 'message'>)
  /** The one answer to a request. */
  | { readonly event: 'Answered'; readonly request: Request; readonly answer: Accepted | Refused }
  /** The view of a watched topic at a version. */
  | ({ readonly event: 'ViewChanged'; readonly version: number; readonly view: View } & Key)
  /** The legal moves of a seat that owes one. */
  | ({ readonly event: 'MovesOffered' } & Key & Pick<LegalMoves, 'version' | 'moves' | 'picks'>)
  /** Nothing more comes of a topic; with `again`, call `watchAgain` after a while. */
  | ({ readonly event: 'TopicEnded'; readonly code: string; readonly sentence: string; readonly again: boolean } & Key)
  /** To an attending bot: take this seat. */
  | { readonly event: 'InvitedToSit'; readonly lobby: string; readonly seat: number; readonly game: string }
  /** The server is about to close the connection; connect again after so long, not sooner. */
  | { readonly event: 'SentAway'; readonly after_ms: number; readonly sentence: string }
  /** The answer to `ping`. */
  | { readonly event: 'Ponged'; readonly sent_ms: number; readonly server_ms: number };

/** More requests than UNANSWERED_MAX wait for an answer: ask again when some have come. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests';
}

/** Codes after which the same can be asked again in a while. */
export const NOT_NOW: ReadonlySet<string> = new Set(['unavailable', 'overloaded', 'slow_down', 'restarting']);

/** A topic that is watched. Without a version it waits for a snapshot and hears no updates. */
interface Watched extends Key {
  moves: boolean | null;
  aside: boolean | null;
  feed: number | null;
  version: number | null;
  view: View;
  about: View;
  repairs: number;
  left: boolean;
}

/** A request without an answer yet, as it was sent and will be sent again. */
interface Unanswered {
  readonly request: Request;
  readonly frame: Uint8Array;
  readonly watched: Watched | null;
}

export interface SessionOptions {
  /** Begins every request id; new and random each time that a session is made. */
  readonly prefix: string;
  /** Proves to be the player who got it in a `Welcome`. */
  readonly token?: string | null;
  readonly name?: string | null;
}

export class ClientSession {
  state: State = 'NEW';
  /** Set to null to come back as somebody new. */
  token: string | null;
  name: string | null;
  /** What the player wants to be called from the next connection on. */
  wish: string | null = null;
  epoch: string | null = null;
  /** Times that a view had to be fetched whole because an update did not fit. */
  repairs = 0;

  readonly #prefix: string;
  #made = 0;
  #toSend: Uint8Array[] = [];
  readonly #asked = new Map<string, Unanswered>();
  readonly #watched = new Map<string, Watched>();
  readonly #feeds = new Map<number, Watched[]>();
  readonly #ownWatches = new Map<string, Watched>();
  readonly #unwatches = new Map<string, number>();

  constructor({ prefix, token = null, name = null }: SessionOptions) {
    this.#prefix = prefix;
    this.token = token;
    this.name = name;
  }

  // The line

  /** A new line is there: says hello. */
  connected(): void {
    if (this.state !== 'NEW') throw new Error(`connected twice: ${this.state}`);
    this.state = 'GREETING';
    const name = this.wish ?? (this.token ? null : this.name);
    this.#toSend.push(messages.encode({ message: 'Hello', token: this.token, name }));
  }

  /** The line is gone. Requests and watched topics wait for the next one. */
  disconnected(): void {
    this.state = 'NEW';
    this.#toSend = [];
    this.#feeds.clear();
    this.#ownWatches.clear();
    this.#unwatches.clear();
    for (const watched of this.#watched.values()) {
      watched.feed = null;
      watched.repairs = 0;
    }
  }

  /** What to send now, in order; each frame is given once. */
  framesToSend(): Uint8Array[] {
    const frames = this.#toSend;
    this.#toSend = [];
    return frames;
  }

  /** What a frame from the server means. Throws a ProtocolError, and then takes no more until `disconnected`. */
  receive(frame: Uint8Array): Event[] {
    try {
      const message = messages.decodeServer(frame);
      const welcome = message.message === 'Welcome';
      if (this.state !== (welcome ? 'GREETING' : 'OPEN')) {
        throw new ProtocolError('OutOfPlace', `${message.message} may not come while the conversation is ${this.state}`);
      }
      return this.#hear(message);
    } catch (error) {
      if (error instanceof ProtocolError) this.state = 'CLOSED';
      throw error;
    }
  }

  // What a player asks

  /** Makes a request; its id. Throws a ProtocolError when no server would read it, and TooManyRequests. */
  request(asked: Asked): string {
    return this.#ask({ ...asked, request: this.#newId() } as Request, null);
  }

  /** Listens to a topic, on this line and all that follow; the id of the request. Doing so again changes the rest. */
  watch({ topic, seat, form }: Key, moves: boolean | null, aside: boolean | null = null): string {
    const key = keyOf({ topic, seat, form });
    const watched = this.#watched.get(key) ?? newlyWatched({ topic, seat, form });
    watched.moves = moves;
    watched.aside = aside;
    const request = this.#ask(this.#watchOf(watched), watched);
    this.#watched.set(key, watched);
    return request;
  }

  /** After TopicEnded with `again`: listens again, from the version that is here. */
  watchAgain(key: Key): void {
    const watched = this.#watched.get(keyOf(key));
    if (watched) this.#watchOn(watched);
  }

  /** Stops listening, at once. A `watch` of it that has no answer yet gets none. */
  unwatch(key: Key): void {
    const watched = this.#watched.get(keyOf(key));
    if (!watched) return;
    this.#watched.delete(keyOf(key));
    watched.left = true;
    for (const [request, asked] of this.#asked) {
      if (asked.watched === watched) {
        this.#asked.delete(request);
        this.#ownWatches.set(request, watched);
      }
    }
    this.#detach(watched);
  }

  /** Asks for Ponged, when there is a conversation to measure. */
  ping(nowMs: number): void {
    if (this.state === 'OPEN') this.#toSend.push(messages.encode({ message: 'Ping', sent_ms: nowMs }));
  }

  // What a player knows

  /** The version and view of a watched topic; null while it waits for a snapshot. */
  view(key: Key): { readonly version: number; readonly view: View } | null {
    const watched = this.#watched.get(keyOf(key));
    return watched && watched.version !== null ? { version: watched.version, view: watched.view } : null;
  }

  /** What does not change about a watched topic, as told when watching it was accepted. */
  about(key: Key): View {
    return this.#watched.get(keyOf(key))?.about ?? {};
  }

  /** The requests that have no answer yet, oldest first, with their frames. */
  get unanswered(): readonly Pick<Unanswered, 'request' | 'frame'>[] {
    return [...this.#asked.values()];
  }

  // Asking

  #newId(): string {
    this.#made += 1;
    return `${this.#prefix}-${this.#made}`;
  }

  #ask(request: Request, watched: Watched | null): string {
    if (this.#asked.size >= UNANSWERED_MAX) throw new TooManyRequests(`${UNANSWERED_MAX} requests wait for an answer`);
    const frame = messages.encode(request);
    messages.decodeClient(frame);
    this.#asked.set(request.request, { request, frame, watched });
    if (this.state === 'OPEN') this.#toSend.push(frame);
    return request.request;
  }

  #watchOf({ topic, seat, form, moves, aside, version }: Watched): Watch {
    const has = version === null ? {} : { epoch: this.epoch, version };
    return { message: 'Watch', request: this.#newId(), topic, seat, form, moves, aside, ...has };
  }

  /** Watches a topic for the session's own reasons: the caller hears no answer. */
  #watchOn(watched: Watched): void {
    if (this.state !== 'OPEN') return;
    const watch = this.#watchOf(watched);
    this.#ownWatches.set(watch.request, watched);
    this.#toSend.push(messages.encode(watch));
  }

  // Hearing

  #hear(message: ServerMessage): Event[] {
    switch (message.message) {
      case 'Update':
        return this.#forEach(message.feed, (watched) => this.#update(watched, message));
      case 'LegalMoves':
        return this.#forEach(message.feed, (watched) => this.#legalMoves(watched, message));
      case 'Accepted':
      case 'Refused':
        return this.#answer(message);
      case 'Snapshot':
        return this.#forEach(message.feed, (watched) => snapshot(watched, message));
      case 'FeedEnded':
        return this.#forEach(message.feed, (watched) => this.#feedEnded(watched, message));
      case 'Pong':
        return [{ event: 'Ponged', sent_ms: message.sent_ms, server_ms: message.server_ms }];
      case 'Invited':
        return [{ event: 'InvitedToSit', lobby: message.lobby, seat: message.seat, game: message.game }];
      case 'ComeBack':
        return [{ event: 'SentAway', after_ms: message.after_ms, sentence: message.sentence }];
      case 'Welcome':
        return this.#welcome(message);
    }
  }

  #welcome(welcome: Welcome): Event[] {
    this.state = 'OPEN';
    this.token = welcome.token;
    this.name = welcome.name;
    this.wish = null;
    if (welcome.epoch !== this.epoch) {
      this.epoch = welcome.epoch;
      for (const watched of this.#watched.values()) watched.version = null;
    }
    const waiting = [...this.#asked.values()];
    const askedFor = new Set(waiting.map(({ watched }) => watched));
    for (const watched of this.#watched.values()) {
      if (!askedFor.has(watched)) this.#watchOn(watched);
    }
    this.#toSend.push(...waiting.map(({ frame }) => frame));
    const { player, name, token, epoch, server_ms } = welcome;
    return [{ event: 'Welcomed', player, name, token, epoch, server_ms }];
  }

  /** An answer to nothing that is open repeats one that was heard, and says nothing new. */
  #answer(answer: Accepted | Refused): Event[] {
    const feed = this.#unwatches.get(answer.request);
    if (feed !== undefined) {
      this.#unwatches.delete(answer.request);
      return this.#unwatched(feed);
    }
    const own = this.#ownWatches.get(answer.request);
    if (own) {
      this.#ownWatches.delete(answer.request);
      return this.#ownWatchAnswered(own, answer);
    }
    const asked = this.#asked.get(answer.request);
    if (!asked) return [];
    if (asked.watched && answer.message === 'Accepted') this.#attach(asked.watched, answer);
    this.#asked.delete(answer.request);
    if (asked.watched && asked.watched.feed === null) this.#forget(asked.watched);
    return [{ event: 'Answered', request: asked.request, answer }];
  }

  #ownWatchAnswered(watched: Watched, answer: Accepted | Refused): Event[] {
    if (answer.message === 'Accepted') {
      this.#attach(watched, answer);
      return [];
    }
    return watched.left ? [] : this.#end(watched, answer.code, answer.sentence);
  }

  /** Those who came to share the feed while it was being left have lost it too. */
  #unwatched(feed: number): Event[] {
    const lost = this.#feeds.get(feed) ?? [];
    this.#feeds.delete(feed);
    for (const watched of lost) {
      watched.feed = null;
      this.#watchOn(watched);
    }
    return [];
  }

  // Feeds: one may serve several seats of a topic that hides nothing

  #attach(watched: Watched, accepted: Accepted): void {
    const { feed, ...about } = (accepted.value ?? {}) as Record<string, unknown>;
    if (typeof feed !== 'number') {
      throw new ProtocolError('BadMessage', 'Accepted, field value: an accepted Watch names its feed');
    }
    if (watched.feed !== feed) {
      this.#detach(watched);
      this.#feeds.set(feed, [...(this.#feeds.get(feed) ?? []), watched]);
      watched.feed = feed;
    }
    watched.about = about;
    if (watched.left) this.#detach(watched);
  }

  /** Leaves the feed; when nobody here is left to hear it, tells the server. */
  #detach(watched: Watched): void {
    const feed = watched.feed;
    watched.feed = null;
    if (feed === null) return;
    const others = (this.#feeds.get(feed) ?? []).filter((other) => other !== watched);
    if (others.length) {
      this.#feeds.set(feed, others);
      return;
    }
    this.#feeds.delete(feed);
    if (this.state === 'OPEN') {
      const request = this.#newId();
      this.#unwatches.set(request, feed);
      this.#toSend.push(messages.encode({ message: 'Unwatch', request, feed }));
    }
  }

  /** What a feed's message means to each who hears it. A feed that was left may still be heard of. */
  #forEach(feed: number, hear: (watched: Watched) => Event[]): Event[] {
    return [...(this.#feeds.get(feed) ?? [])].flatMap(hear);
  }

  #update(watched: Watched, { version, patch, checksum: sum }: Update): Event[] {
    if (watched.version === null || version <= watched.version) return [];
    let view: View;
    try {
      if (version !== watched.version + 1) {
        throw new ProtocolError('BadPatch', `version ${version} came after ${watched.version}`);
      }
      view = patched(watched.view, patch);
      if (sum !== null && sum !== checksum(view)) {
        throw new ProtocolError('BadPatch', `the checksum of version ${version} is not ${sum}`);
      }
    } catch (error) {
      if (error instanceof ProtocolError) return this.#repair(watched, error);
      throw error;
    }
    watched.repairs = 0;
    return changed(watched, version, view);
  }

  #legalMoves(watched: Watched, { seat, version, moves, picks }: LegalMoves): Event[] {
    if (!watched.moves || watched.seat !== seat || watched.version === null) return [];
    if (version > watched.version) {
      const why = `moves at version ${version} came after ${watched.version}`;
      return this.#repair(watched, new ProtocolError('BadPatch', why));
    }
    if (version < watched.version) return [];
    return [{ event: 'MovesOffered', ...itsKey(watched), version, moves, picks }];
  }

  #feedEnded(watched: Watched, { feed, code, sentence }: FeedEnded): Event[] {
    this.#feeds.delete(feed);
    watched.feed = null;
    return this.#end(watched, code, sentence);
  }

  /** Fetches the view whole. Throws a ProtocolError when that did not help several times in a row. */
  #repair(watched: Watched, unfit: ProtocolError): Event[] {
    this.repairs += 1;
    watched.repairs += 1;
    watched.version = null;
    if (watched.repairs > REPAIRS_MAX) {
      throw new ProtocolError('GapFound', `${watched.topic}: ${unfit.message}, after ${REPAIRS_MAX} repairs`);
    }
    this.#watchOn(watched);
    return [];
  }

  #end(watched: Watched, code: string, sentence: string): Event[] {
    const again = NOT_NOW.has(code);
    if (again) this.#detach(watched);
    else this.#forget(watched);
    return [{ event: 'TopicEnded', ...itsKey(watched), code, sentence, again }];
  }

  /** Watches no more, unless the caller has just asked to watch it again. */
  #forget(watched: Watched): void {
    this.#detach(watched);
    if ([...this.#asked.values()].every((asked) => asked.watched !== watched)) {
      this.#watched.delete(keyOf(watched));
      watched.left = true;
    }
  }
}

/** A key as text, for what is looked up by it. */
export function keyOf({ topic, seat, form }: Key): string {
  return `${topic} ${seat ?? ''} ${form ?? ''}`;
}

function itsKey({ topic, seat, form }: Key): Key {
  return { topic, seat, form };
}

function newlyWatched(of: Key): Watched {
  return { ...of, moves: null, aside: null, feed: null, version: null, view: {}, about: {}, repairs: 0, left: false };
}

function snapshot(watched: Watched, { version, view }: Snapshot): Event[] {
  return watched.version === version && same(watched.view, view) ? [] : changed(watched, version, view);
}

function changed(watched: Watched, version: number, view: View): Event[] {
  watched.version = version;
  watched.view = view;
  return [{ event: 'ViewChanged', ...itsKey(watched), version, view }];
}
