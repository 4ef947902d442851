/**
 * The client over as many connections as it takes.
 *
 * While it has not ended, every request gets its one answer and every feed goes on, however often the connection is
 * lost or the server restarts. A request that the server could not carry out now is sent again with the same id.
 */

import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { Choice } from './choice';
import { ServerClock } from './clock';
import { Connection, type ConnectionState, type Network, type Talker } from './connection';
import type { ApiRequest, Client, Frame, Me, ValueOf, WatchOptions } from './contract';
import { ProtocolError } from './errors';
import { NO_PLAYS, seatOf, Source, type Feed, type LegalMove, type Plays } from './feed';
import * as messages from './messages';
import { CloseCode, SERVER_MESSAGES, type Play } from './messages.gen';
import type { View } from './patches';
import { EndedError, RefusedError } from './refusal';
import { ClientSession, keyOf, NOT_NOW, TooManyRequests, type Asked, type Event, type Key } from './session';
import type { Store } from './store';

const TOKEN = 'parlour.token';
const PREFIX_BYTES = 6;
/** After so long the refusal of a request that would be sent again is the answer. */
const NOT_NOW_MS_MAX = 30_000;
const AGAIN_MS_MAX = 2000;

/** Somebody waits for the answer to a request. */
interface Waiting {
  readonly accepted: (value: unknown) => void;
  readonly refused: (why: Error) => void;
}

export class ReconnectingClient implements Client, Talker {
  readonly roundTripMs = signal<number | null>(null);
  readonly clockOffsetMs = signal(0);
  readonly me = signal<Me | null>(null);
  readonly unanswered = signal(0);

  readonly #session: ClientSession;
  readonly #line: Connection;
  readonly #clock = new ServerClock();
  readonly #waiting = new Map<string, Waiting>();
  readonly #sources = new Map<string, Source>();
  readonly #plays: Signal<ReadonlyMap<string, Plays>> = signal(new Map());
  readonly #taps = new Set<(frame: Frame) => void>();
  /** Since when the server could not carry out a request. */
  readonly #heldSinceMs = new Map<string, number>();

  readonly #base: string;
  readonly #store: Store;
  readonly #network: Network;

  constructor(
    base: string,
    store: Store,
    network: Network,
    name: string | null,
  ) {
    this.#base = base;
    this.#store = store;
    this.#network = network;
    this.#session = new ClientSession({ prefix: newPrefix(), token: store.get(TOKEN), name });
    this.#line = new Connection(network, new Choice(store), this);
    this.#line.state.subscribe(({ state }) => state === 'ended' && this.#finish());
    this.#line.start();
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.#line.state;
  }

  serverNowMs(): number {
    return Date.now() + this.clockOffsetMs.peek();
  }

  // What a player asks

  request<A extends Asked>(asked: A): Promise<ValueOf<A>> {
    return new Promise((resolve, reject) => {
      const play = asked.message === 'Play' ? (asked as unknown as Play) : null;
      const settle = (version: number): void => {
        if (play) this.#played(play, -1, version);
      };
      const accepted = (value: unknown): void => {
        settle(typeof value === 'number' ? value : 0);
        resolve(value as ValueOf<A>);
      };
      const refused = (why: Error): void => {
        settle(0);
        reject(why);
      };
      if (play) this.#played(play, 1, 0);
      this.#expect(() => this.#session.request(asked), { accepted, refused });
    });
  }

  watch<V = View>(topic: string, { seat = null, form, moves = false, aside = false }: WatchOptions = {}): Feed<V> {
    const key: Key = { topic, seat, form: form ?? null };
    const source = this.#sources.get(keyOf(key)) ?? this.#source(key);
    const more = source.feeds === 0 || (moves && !source.wantMoves) || (!aside && source.there === 0);
    source.wantMoves ||= moves;
    source.feeds += 1;
    if (!aside) source.there += 1;
    if (more) this.#listen(source);
    return source.feed(() => this.#leave(source, aside)) as unknown as Feed<V>;
  }

  async api<T>(path: string, { body, signal: until }: ApiRequest = {}): Promise<T> {
    const { token } = this.#session;
    const headers: Record<string, string> = {};
    if (token) headers['Authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    let answer: Response;
    try {
      answer = await fetch(this.#base + path, { ...post, headers, signal: until ?? null });
    } catch (error) {
      if (until?.aborted) throw error;
      throw new RefusedError('unreachable', 'The server cannot be reached.', null);
    }
    const said: unknown = await answer.json().catch(() => null);
    if (answer.ok) return said as T;
    throw problem(said, answer.status);
  }

  rename(name: string): void {
    this.#session.wish = name;
    this.#line.renew();
  }

  tap(listener: (frame: Frame) => void): () => void {
    this.#taps.add(listener);
    return () => this.#taps.delete(listener);
  }

  cut(): void {
    this.#line.cut();
  }

  delay(ms: number): void {
    this.#line.delayMs = ms;
  }

  retry(): void {
    this.#line.retry();
  }

  end(): void {
    this.#line.end();
  }

  #expect(ask: () => string, waiting: Waiting): void {
    if (this.connection.peek().state === 'ended') {
      waiting.refused(new EndedError('the connection has ended'));
      return;
    }
    try {
      this.#waiting.set(ask(), waiting);
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof TooManyRequests)) throw error;
      waiting.refused(new RefusedError('cannot_be_sent', 'This cannot be sent.', null));
    }
    this.unanswered.value = this.#waiting.size;
    this.#flush();
  }

  /** Counts the moves of a seat that are under way: until they have their answers nothing else is legal. */
  #played({ match, seat }: Play, by: number, version: number): void {
    const key = seatOf(match, seat);
    const { underWay, least } = this.#plays.peek().get(key) ?? NO_PLAYS;
    const now: Plays = { underWay: underWay + by, least: Math.max(least, version) };
    this.#plays.value = new Map(this.#plays.peek()).set(key, now);
  }

  // Feeds

  #source(key: Key): Source {
    const source = new Source(key, this.#plays);
    this.#sources.set(keyOf(key), source);
    return source;
  }

  #listen(source: Source): void {
    this.#expect(() => this.#session.watch(source.key, source.wantMoves || null, source.there === 0 || null), {
      accepted: () => {
        source.about.value = this.#session.about(source.key);
      },
      refused: (why) => {
        if (why instanceof RefusedError) this.#endSource(source, why.code, why.sentence);
      },
    });
  }

  #leave(source: Source, aside: boolean): void {
    source.feeds -= 1;
    if (!aside) source.there -= 1;
    if (this.#sources.get(keyOf(source.key)) !== source) return;
    if (source.feeds) {
      if (!aside && source.there === 0) this.#listen(source);
      return;
    }
    this.#sources.delete(keyOf(source.key));
    this.#session.unwatch(source.key);
    this.#forgetAnswers();
    this.#flush();
  }

  /** A watch that was left before it was answered gets no answer any more. */
  #forgetAnswers(): void {
    const open = new Set(this.#session.unanswered.map(({ request }) => request.request));
    for (const request of this.#waiting.keys()) if (!open.has(request)) this.#waiting.delete(request);
    this.unanswered.value = this.#waiting.size;
  }

  #endSource(source: Source, code: string, sentence: string): void {
    if (this.#sources.get(keyOf(source.key)) === source) this.#sources.delete(keyOf(source.key));
    source.ended.value = { code, sentence };
  }

  // What the connection tells

  opened(): void {
    this.#session.connected();
    this.#flush();
  }

  lost(): void {
    this.#session.disconnected();
    this.#clock.forget();
    this.roundTripMs.value = null;
  }

  ping(): void {
    this.#session.ping(Date.now());
    this.#flush();
  }

  /** A match, or a lobby in which one is about to begin. */
  eager(): boolean {
    return [...this.#sources.values()].some(({ key }) => /^(match|lobby)\//u.test(key.topic));
  }

  /** A token that the server does not know any more makes nobody wait outside: it is forgotten. */
  changed(code: number): boolean {
    if (code !== CloseCode.BAD_TOKEN || this.#session.token === null) return false;
    this.#session.token = null;
    this.#store.set(TOKEN, null);
    return true;
  }

  receive(frame: Uint8Array): void {
    this.#tell('in', frame);
    batch(() => {
      if (!this.#hold(frame)) for (const event of this.#session.receive(frame)) this.#hear(event);
    });
    this.#flush();
  }

  #hear(event: Event): void {
    switch (event.event) {
      case 'ViewChanged':
        this.#viewChanged(event);
        return;
      case 'MovesOffered': {
        const { version, picks } = event;
        this.#sources.get(keyOf(event))?.offered({ version, picks, moves: event.moves as readonly LegalMove[] });
        return;
      }
      case 'Answered':
        this.#answered(event.answer);
        return;
      case 'Welcomed':
        this.#welcomed(event);
        return;
      case 'TopicEnded':
        this.#topicEnded(event);
        return;
      case 'SentAway':
        this.#line.sentAway(event.after_ms, event.sentence);
        return;
      case 'Ponged':
        this.#ponged(event.sent_ms, event.server_ms);
        return;
      case 'InvitedToSit':
        return; // only who attends as a bot is invited
    }
  }

  #viewChanged(event: Event & { event: 'ViewChanged' }): void {
    const source = this.#sources.get(keyOf(event));
    if (!source) return;
    source.about.value = this.#session.about(event);
    source.changed(event.version, event.view);
  }

  #welcomed({ player, name, token, server_ms }: Event & { event: 'Welcomed' }): void {
    this.#store.set(TOKEN, token);
    this.clockOffsetMs.value = server_ms - Date.now();
    this.me.value = { player, name };
    this.#line.welcomed();
  }

  #answered(answer: (Event & { event: 'Answered' })['answer']): void {
    const waiting = this.#waiting.get(answer.request);
    this.#waiting.delete(answer.request);
    this.#heldSinceMs.delete(answer.request);
    this.unanswered.value = this.#waiting.size;
    if (answer.message === 'Accepted') waiting?.accepted(answer.value);
    else waiting?.refused(new RefusedError(answer.code, answer.sentence, answer.wait_ms ?? null));
  }

  #topicEnded(event: Event & { event: 'TopicEnded' }): void {
    const source = this.#sources.get(keyOf(event));
    if (!source) return;
    if (event.again) setTimeout(() => this.#watchAgain(source), AGAIN_MS_MAX * (0.25 + 0.75 * this.#network.random()));
    else this.#endSource(source, event.code, event.sentence);
  }

  #watchAgain(source: Source): void {
    this.#session.watchAgain(source.key);
    this.#flush();
  }

  #ponged(sentMs: number, serverMs: number): void {
    this.#clock.ponged(sentMs, serverMs, Date.now());
    this.roundTripMs.value = this.#clock.roundTripMs;
    this.clockOffsetMs.value = this.#clock.offsetMs ?? this.clockOffsetMs.peek();
  }

  // Requests that the server could not carry out now: the session knows them as unanswered until they are

  /** Whether the frame refuses a request that will be sent again; the session does not hear of it. */
  #hold(frame: Uint8Array): boolean {
    if (frame[1] !== SERVER_MESSAGES.Refused.code || this.#session.state !== 'OPEN') return false;
    const refused = messages.decodeServer(frame);
    if (refused.message !== 'Refused' || !NOT_NOW.has(refused.code) || !this.#waiting.has(refused.request)) return false;
    const sinceMs = this.#heldSinceMs.get(refused.request) ?? Date.now();
    const waitedMs = Date.now() - sinceMs;
    if (waitedMs > NOT_NOW_MS_MAX) return false;
    this.#heldSinceMs.set(refused.request, sinceMs);
    const most = Math.min(Math.max(waitedMs, AGAIN_MS_MAX / 4), 2 * AGAIN_MS_MAX);
    setTimeout(() => this.#sendAgain(refused.request), (refused.wait_ms ?? 0) + most * this.#network.random());
    return true;
  }

  /** Without a conversation there is nothing to do: the session sends it in the next. */
  #sendAgain(id: string): void {
    if (this.#session.state !== 'OPEN') return;
    const again = this.#session.unanswered.filter(({ request }) => request.request === id);
    this.#send(again.map(({ frame }) => frame));
  }

  // Inside

  #flush(): void {
    this.#send(this.#session.framesToSend());
  }

  #send(frames: readonly Uint8Array[]): void {
    for (const frame of frames) this.#tell('out', frame);
    this.#line.send(frames);
  }

  #tell(direction: Frame['direction'], bytes: Uint8Array): void {
    if (this.#taps.size === 0) return;
    const frame: Frame = { direction, atMs: Date.now(), bytes, message: readOrNull(direction, bytes) };
    for (const listener of this.#taps) listener(frame);
  }

  #finish(): void {
    const ended = new EndedError('the connection has ended');
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.unanswered.value = 0;
    for (const { refused } of waiting) refused(ended);
  }
}

function newPrefix(): string {
  return [...crypto.getRandomValues(new Uint8Array(PREFIX_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function readOrNull(direction: Frame['direction'], bytes: Uint8Array): Frame['message'] {
  try {
    return direction === 'in' ? messages.decodeServer(bytes) : messages.decodeClient(bytes);
  } catch {
    return null;
  }
}

function problem(said: unknown, status: number): RefusedError {
  const { code, sentence } = (said ?? {}) as { code?: string; sentence?: string };
  return new RefusedError(code ?? `http_${status}`, sentence ?? `The server answers ${status}.`, null);
}
