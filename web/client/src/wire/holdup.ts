/** Frames that are held back, to show how things feel on a bad network. */

interface Held {
  readonly dueMs: number;
  readonly act: () => void;
}

/** Lets everything through at once, or so much later; in order, whatever the delay has been in between. */
export class Holdup {
  delayMs = 0;
  readonly #held: Held[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  pass(act: () => void): void {
    if (this.delayMs === 0 && this.#held.length === 0) {
      act();
      return;
    }
    this.#held.push({ dueMs: Math.max(Date.now() + this.delayMs, this.#held.at(-1)?.dueMs ?? 0), act });
    this.#timer ??= this.#wait();
  }

  /** What is held back is lost. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held.length = 0;
  }

  #wait(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#release(), Math.max(0, (this.#held[0]?.dueMs ?? 0) - Date.now()));
  }

  #release(): void {
    this.#timer = undefined;
    while (this.#held[0] && this.#held[0].dueMs <= Date.now()) this.#held.shift()?.act();
    if (this.#held.length) this.#timer ??= this.#wait();
  }
}
