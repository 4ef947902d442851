/**
 * Which way the next connection goes: by WebSocket, unless that is blocked and HTTP gets through.
 *
 * A browser is not told why a WebSocket did not come about. Blocked is what fails twice in a row, or gets no answer at
 * all, while the same server answers over HTTP; where nobody answers at all, nothing is said about WebSockets. Once
 * HTTP has got through it is kept to for a while, over reloads too.
 */

import type { Way } from './line';
import type { Store } from './store';

/** Handshakes that failed in a row, after which the way counts as blocked. */
const FAILURES_MAX = 2;
const KEEP_TO_HTTP_MS = 600_000;
const KEPT = 'parlour.http-until';

/** What has been found out about the way to one server. Times come in as arguments. */
export class Choice {
  #failures = 0;

  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The way to try now. */
  way(nowMs: number): Way {
    return this.#failures >= FAILURES_MAX || nowMs < Number(this.#store.get(KEPT) ?? 0) ? 'http' : 'websocket';
  }

  /** A conversation has begun. */
  worked(way: Way, nowMs: number): void {
    this.#failures = 0;
    if (way === 'http' && nowMs >= Number(this.#store.get(KEPT) ?? 0)) {
      this.#store.set(KEPT, String(nowMs + KEEP_TO_HTTP_MS));
    }
  }

  /**
   * None came about, though the server answers over HTTP when `answers`. Whether to try again at once, be it another
   * way. `swallowed`: there was no answer to the handshake within its time.
   */
  failed(way: Way, { answers, swallowed }: { readonly answers: boolean; readonly swallowed: boolean }): boolean {
    if (way === 'http') {
      this.#failures = 0;
      this.#store.set(KEPT, null);
      return false;
    }
    if (answers) this.#failures += swallowed ? FAILURES_MAX : 1;
    return answers;
  }
}
