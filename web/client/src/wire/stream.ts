/** The line that a client takes where WebSockets are blocked: a stream of events down, requests up. */

import { ProtocolError } from './errors';
import type { Hearer, Line } from './line';
import { EVENTS_TYPE, FRAMES_PATH, FRAMES_TYPE, NAME_HEADER, NUMBER_HEADER, STREAM_PATH } from './messages.gen';
import { bodies, EventReader, type StreamEvent } from './streaming';

/** A request that cannot be delivered for so long: the stream is given up. */
const SEND_MS_MAX = 20_000;
const AGAIN_MS_MAX = 1000;
/** Refusals that are worth another try, besides all from 500. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** A stream of the server at that HTTP address. */
export function streamLine(base: string, hearer: Hearer): Line {
  const line = new StreamLine(base, hearer);
  void line.read();
  return line;
}

class StreamLine implements Line {
  readonly #left = new AbortController();
  readonly #reader = new EventReader();
  #name = '';
  #numbered = 0;
  #spoke = false;
  /** The requests go up one after the other. */
  #sending: Promise<void> = Promise.resolve();

  readonly #base: string;
  readonly #hearer: Hearer;

  constructor(base: string, hearer: Hearer) {
    this.#base = base;
    this.#hearer = hearer;
  }

  async read(): Promise<void> {
    try {
      for await (const bytes of this.#down()) {
        for (const event of this.#reader.feed(bytes)) if (!this.#gone) this.#hear(event);
      }
      this.#lose('the stream ended without a close');
    } catch (error) {
      if (error instanceof ProtocolError) this.#hearer.broken(error);
      else this.#lose(String(error));
    }
  }

  send(frames: readonly Uint8Array[]): void {
    if (this.#gone) return;
    this.#spoke = true;
    this.#post(frames);
  }

  /** A stream ends by not being read any more. */
  close(): void {
    this.abort();
  }

  abort(): void {
    this.#left.abort();
  }

  get #gone(): boolean {
    return this.#left.signal.aborted;
  }

  async *#down(): AsyncGenerator<Uint8Array> {
    const response = await fetch(this.#base + STREAM_PATH, {
      method: 'POST',
      headers: { Accept: EVENTS_TYPE },
      cache: 'no-store',
      signal: this.#left.signal,
    });
    if (!response.ok || !response.body) {
      this.#lose(`${STREAM_PATH} answers ${response.status}`);
      return;
    }
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  }

  #hear(event: StreamEvent): void {
    switch (event.kind) {
      case 'opened':
        this.#name = event.name;
        this.#hearer.opened();
        return;
      case 'carried':
        this.#hearer.heard(event.frame);
        return;
      case 'beat':
        this.#beat();
        return;
      case 'closed':
        this.#lose(event.reason, event.code);
    }
  }

  /** The server asks whether we are there. What went up since it last did has told it. */
  #beat(): void {
    if (!this.#spoke) this.#post([]);
    this.#spoke = false;
  }

  #post(frames: readonly Uint8Array[]): void {
    for (const body of bodies(frames)) {
      this.#numbered += 1;
      const number = this.#numbered;
      this.#sending = this.#sending.then(() => this.#deliver(body, number));
    }
  }

  /** Sends one body until it has arrived; it has the same number each time, by which it is heard once. */
  async #deliver(body: Uint8Array<ArrayBuffer>, number: number): Promise<void> {
    const until = Date.now() + SEND_MS_MAX;
    while (!this.#gone) {
      const status = await this.#attempt(body, number);
      if (status >= 200 && status < 300) return;
      if ((status !== 0 && status < 500 && !PASSING.has(status)) || Date.now() > until) {
        this.#lose(`${FRAMES_PATH} ${status ? `answers ${status}` : 'cannot be reached'}`);
        return;
      }
      await new Promise((go) => setTimeout(go, Math.random() * AGAIN_MS_MAX));
    }
  }

  /** The status of the answer; 0 where there was none. */
  async #attempt(body: Uint8Array<ArrayBuffer>, number: number): Promise<number> {
    try {
      const answer = await fetch(this.#base + FRAMES_PATH, {
        method: 'POST',
        headers: { 'Content-Type': FRAMES_TYPE, [NAME_HEADER]: this.#name, [NUMBER_HEADER]: String(number) },
        body,
        cache: 'no-store',
        signal: this.#left.signal,
      });
      return answer.status;
    } catch {
      return 0;
    }
  }

  #lose(why: string, code: number | null = null): void {
    if (this.#gone) return;
    this.#left.abort();
    this.#hearer.lost({ why, code });
  }
}
