/**
 * One line after the other, by whichever way gets through: when to make it, when to give it up, when to try again.
 *
 * The only part of the client that knows timers and the browser's own events. What is said on a line is the talker's.
 */

import { signal, type ReadonlySignal } from '@preact/signals';
import type { Choice } from './choice';
import { mayComeBack, ProtocolError } from './errors';
import { Holdup } from './holdup';
import type { Hearer, Line, Loss, OpenLine, Way } from './line';
import { CloseCode } from './messages.gen';

/** How it stands with the connection. Times are those of this machine's clock (`Date.now()`). */
export type ConnectionState =
  /** The first connection is being made; so far nobody has answered. */
  | { readonly state: 'connecting' }
  /** Welcomed; `way` is `http` where WebSockets are blocked. */
  | { readonly state: 'live'; readonly way: Way }
  /** Lost, or not come about yet, and being made anew. `nextTryMs` is null while a try is under way. */
  | {
      readonly state: 'reconnecting';
      readonly sinceMs: number;
      readonly nextTryMs: number | null;
      readonly tries: number;
      /** Whether the browser thinks that the machine has no network. It is tried all the same. */
      readonly offline: boolean;
    }
  /** The server has said that it goes, and when to come back; `sentence` is its own. */
  | { readonly state: 'away'; readonly sinceMs: number; readonly nextTryMs: number; readonly sentence: string }
  /** There will be no other connection: close code and the server's reason. A reload of the page begins anew. */
  | { readonly state: 'ended'; readonly code: number; readonly sentence: string };

/** Who speaks on a connection; gives what there is to send to `Connection.send`. */
export interface Talker {
  /** There is a line. */
  opened(): void;
  /** A frame came. Throws a ProtocolError to break the connection off. */
  receive(frame: Uint8Array): void;
  /** The line that was opened is gone. */
  lost(): void;
  /** It is time to ask whether the other side is there. */
  ping(): void;
  /** Whether somebody waits for what others do, so that a loss must be noticed soon. */
  eager(): boolean;
  /** The server does not want this client back as it is; whether it may come back as another. */
  changed(code: number): boolean;
}

/** The world outside: lines, whether somebody answers at all, chance. */
export interface Network {
  readonly ways: Readonly<Record<Way, OpenLine>>;
  /** Whether the server answers over HTTP, now. */
  answers(): Promise<boolean>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** From the opening of a line until something is heard on it; longer each time. */
const FIRST_OPEN_MS = 5000;
const OPEN_MS_MAX = 20_000;
/** lichess's numbers: how often to ask, and how long to wait for an answer. */
const PING_EVERY_MS = 2500;
const PING_MS_MAX = 9000;
/** Where nobody waits for a move, or nobody looks, it may take longer to notice. */
const CALM_PING_EVERY_MS = 15_000;
/** After a sleep, or when the network has changed, the answer comes soon or never. */
const WAKE_MS_MAX = 3000;
/** A timer so late means that the machine slept. */
const ASLEEP_MS = 5000;
const FIRST_WAIT_MS = 1000;
/** A server that restarts is back within seconds. */
const SOON_WAIT_MS_MAX = 4000;
const SOON_MS = 30_000;
const WAIT_MS_MAX = 10_000;
const HIDDEN_WAIT_MS_MAX = 30_000;

/** How a line ends on which nothing gets through, in one direction or the other. */
const UNHEARD: ReadonlySet<number | null> = new Set([null, CloseCode.HELLO_TOO_LATE]);

export class Connection {
  readonly #now = signal<ConnectionState>({ state: 'connecting' });
  readonly #holdup = new Holdup();
  readonly #left = new AbortController();
  #line: Line | null = null;
  #way: Way = 'websocket';
  /** Whether the server has said hello on this line, so that pings are answered. */
  #welcome = false;
  #opened = false;
  #heardAtMs = 0;
  #heardAnything = false;
  #pingedAtMs = 0;
  /** Until when an answer to a ping must be there; 0 when none is waited for. */
  #answerByMs = 0;
  #sinceMs = 0;
  #tries = 0;
  #away: { readonly untilMs: number; readonly sentence: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #network: Network;
  readonly #choice: Choice;
  readonly #talker: Talker;

  constructor(network: Network, choice: Choice, talker: Talker) {
    this.#network = network;
    this.#choice = choice;
    this.#talker = talker;
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#now;
  }

  /** Held back for so long, both ways. */
  set delayMs(ms: number) {
    this.#holdup.delayMs = ms;
  }

  start(): void {
    const { signal: until } = this.#left;
    const wake = (): void => this.#wake();
    window.addEventListener('online', wake, { signal: until });
    window.addEventListener('offline', wake, { signal: until });
    window.addEventListener('pageshow', wake, { signal: until });
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake(), { signal: until });
    this.#open();
  }

  /** Sends frames, in order. They are lost with the line. */
  send(frames: readonly Uint8Array[]): void {
    const line = this.#line;
    if (line && frames.length) this.#holdup.pass(() => line.send(frames));
  }

  /** The server has welcomed us. */
  welcomed(): void {
    this.#welcome = true;
    this.#tries = 0;
    this.#sinceMs = 0;
    this.#now.value = { state: 'live', way: this.#way };
    this.#ping(PING_MS_MAX);
  }

  /** The server will close the connection, and wants us back after so long, not sooner. */
  sentAway(afterMs: number, sentence: string): void {
    this.#away = { untilMs: Date.now() + afterMs, sentence };
  }

  /** Ends the line as a bad network would. */
  cut(): void {
    if (this.#line) this.#giveUp('cut here');
  }

  /** Makes another line now; what the server had to say on this one is asked for again. */
  renew(): void {
    this.#drop();
    this.#open();
  }

  /** Tries now what would be tried later. */
  retry(): void {
    if (this.#now.value.state === 'ended' || this.#line || this.#left.signal.aborted) return;
    this.#away = null;
    this.#open();
  }

  end(): void {
    this.#left.abort();
    this.#drop();
    this.#now.value = { state: 'ended', code: 1000, sentence: '' };
  }

  // One line, from beginning to end

  #open(): void {
    clearTimeout(this.#timer);
    this.#way = this.#choice.way(Date.now());
    if (this.#now.value.state !== 'connecting') this.#reconnecting(null);
    const openMs = Math.min(FIRST_OPEN_MS * 2 ** this.#tries, OPEN_MS_MAX);
    this.#timer = setTimeout(() => this.#giveUp('no answer', true), openMs);
    let line: Line | null = null;
    const present = (): boolean => line === this.#line;
    const hearer: Hearer = {
      opened: () => present() && this.#begin(),
      heard: (frame) => this.#holdup.pass(() => present() && this.#hear(frame)),
      broken: (error) => present() && this.#breakOff(error),
      lost: (loss) => present() && this.#lose(loss),
    };
    line = this.#network.ways[this.#way](hearer);
    this.#line = line;
  }

  #begin(): void {
    this.#opened = true;
    this.#talker.opened();
  }

  #hear(frame: Uint8Array): void {
    this.#heardAtMs = Date.now();
    if (!this.#heardAnything) {
      this.#heardAnything = true;
      clearTimeout(this.#timer);
      this.#choice.worked(this.#way, this.#heardAtMs);
    }
    if (this.#answerByMs) this.#answerByMs = 0;
    try {
      this.#talker.receive(frame);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#breakOff(error);
    }
  }

  /** The server broke the conversation. */
  #breakOff(error: ProtocolError): void {
    const line = this.#line;
    this.#line = null;
    line?.close(error.closeCode, error.message);
    this.#lose({ why: error.message, code: error.closeCode });
  }

  #giveUp(why: string, swallowed = false): void {
    this.#line?.abort();
    this.#lose({ why, code: null }, swallowed);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#holdup.clear();
    this.#line?.abort();
    this.#line = null;
    if (this.#opened) this.#talker.lost();
    this.#opened = false;
    this.#welcome = false;
    this.#heardAnything = false;
    this.#answerByMs = 0;
  }

  #lose({ why, code }: Loss, swallowed = false): void {
    const unheard = !this.#heardAnything && UNHEARD.has(code);
    this.#drop();
    if (code !== null && !mayComeBack(code) && !this.#talker.changed(code)) {
      this.#left.abort();
      this.#now.value = { state: 'ended', code, sentence: why };
      return;
    }
    if (unheard) void this.#doubt(swallowed);
    else this.#comeBack();
  }

  /** Nothing got through: finds out whether that is this way's fault. */
  async #doubt(swallowed: boolean): Promise<void> {
    this.#reconnecting(null);
    const answers = this.#way === 'websocket' && navigator.onLine && (await this.#network.answers());
    if (this.#line || this.#left.signal.aborted) return;
    if (this.#choice.failed(this.#way, { answers, swallowed })) this.#open();
    else this.#comeBack();
  }

  // The next one

  #comeBack(): void {
    const away = this.#away;
    this.#away = null;
    if (away) {
      this.#later(away.untilMs - Date.now());
      this.#now.value = { state: 'away', sinceMs: Date.now(), nextTryMs: away.untilMs, sentence: away.sentence };
      return;
    }
    this.#sinceMs ||= Date.now();
    const waitMs = this.#network.random() * Math.min(FIRST_WAIT_MS * 2 ** this.#tries, this.#waitMsMax);
    this.#tries += 1;
    this.#later(waitMs);
    this.#reconnecting(Date.now() + waitMs);
  }

  get #waitMsMax(): number {
    if (document.hidden) return HIDDEN_WAIT_MS_MAX;
    return Date.now() - this.#sinceMs < SOON_MS ? SOON_WAIT_MS_MAX : WAIT_MS_MAX;
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), Math.max(0, ms));
  }

  #reconnecting(nextTryMs: number | null): void {
    this.#sinceMs ||= Date.now();
    const [sinceMs, tries] = [this.#sinceMs, this.#tries];
    this.#now.value = { state: 'reconnecting', sinceMs, nextTryMs, tries, offline: !navigator.onLine };
  }

  // Whether the other side is there

  /** Something has changed about the network, or somebody looks again: asks at once. */
  #wake(): void {
    if (this.#welcome) this.#ping(WAKE_MS_MAX);
    else if (!this.#line && this.#now.value.state !== 'away' && navigator.onLine) this.retry();
    else if (this.#now.value.state === 'reconnecting') this.#now.value = { ...this.#now.value, offline: !navigator.onLine };
  }

  #ping(answerMs: number): void {
    this.#pingedAtMs = Date.now();
    this.#answerByMs = Math.min(this.#answerByMs || Infinity, this.#pingedAtMs + answerMs);
    this.#talker.ping();
    this.#lookAfter();
  }

  /** Looks again when an answer is due, or else when it is time for the next ping. */
  #lookAfter(): void {
    clearTimeout(this.#timer);
    const nextMs = Math.min(this.#answerByMs || Infinity, this.#nextPingMs);
    this.#timer = setTimeout(() => this.#look(nextMs), Math.max(0, nextMs - Date.now()));
  }

  get #nextPingMs(): number {
    return this.#pingedAtMs + (this.#talker.eager() && !document.hidden ? PING_EVERY_MS : CALM_PING_EVERY_MS);
  }

  #look(dueMs: number): void {
    const nowMs = Date.now();
    if (nowMs - dueMs > ASLEEP_MS) {
      this.#answerByMs = 0;
      this.#ping(WAKE_MS_MAX);
    } else if (this.#answerByMs && nowMs >= this.#answerByMs) this.#giveUp('silent');
    else if (nowMs >= this.#nextPingMs) this.#ping(PING_MS_MAX);
    else this.#lookAfter();
  }
}
