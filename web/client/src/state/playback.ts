/** Steps through a match by itself. */

import { effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Steps } from './steps';

/** Moves in a second. */
export const SPEEDS = [0.5, 1, 2, 4] as const;

export interface Playback {
  readonly playing: ReadonlySignal<boolean>;
  readonly speed: Signal<number>;
  /** From the start when it stands at the end. */
  toggle(): void;
  close(): void;
}

export function createPlayback(steps: Steps): Playback {
  const playing = signal(false);
  const speed = signal(1);
  const stop = effect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      steps.look((steps.at.peek() ?? Infinity) + 1);
      if (steps.at.peek() === null) playing.value = false;
    }, 1000 / speed.value);
    return () => clearInterval(timer);
  });
  const toggle = (): void => {
    if (!playing.peek() && steps.at.peek() === null) steps.look(0);
    playing.value = !playing.peek() && steps.at.peek() !== null;
  };
  return { playing, speed, toggle, close: stop };
}
