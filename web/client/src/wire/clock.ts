/** The server's clock and the round trip, from pings. */

/** Measurements of which the best one tells the offset: it has waited least on the way. */
const KEPT = 12;
/** How much the newest measurement counts in the round trip that is shown. */
const NEWEST = 0.3;

interface Measured {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

export class ServerClock {
  readonly #measured: Measured[] = [];
  #smoothed: number | null = null;

  /** A ping sent at `sentMs` was answered by the server at `serverMs` of its clock, and is back at `nowMs`. */
  ponged(sentMs: number, serverMs: number, nowMs: number): void {
    const roundTripMs = Math.max(0, nowMs - sentMs);
    this.#measured.push({ roundTripMs, offsetMs: serverMs - (sentMs + nowMs) / 2 });
    if (this.#measured.length > KEPT) this.#measured.shift();
    this.#smoothed = this.#smoothed === null ? roundTripMs : this.#smoothed + NEWEST * (roundTripMs - this.#smoothed);
  }

  /** On another connection the way may be another. */
  forget(): void {
    this.#measured.length = 0;
    this.#smoothed = null;
  }

  get roundTripMs(): number | null {
    return this.#smoothed === null ? null : Math.round(this.#smoothed);
  }

  /** What to add to this machine's clock; null before the first measurement. */
  get offsetMs(): number | null {
    const [first, ...others] = this.#measured;
    if (!first) return null;
    return others.reduce((best, other) => (other.roundTripMs < best.roundTripMs ? other : best), first).offsetMs;
  }
}
