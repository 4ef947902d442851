/** Sounds, when the player wants them and the browser lets the page make them. */

import type { Sound } from '../table/sounds';
import type { Settings } from './settings';

export interface Sounds {
  play(sound: Sound): void;
}

/** A browser lets a page sound after the first touch or key: until then it stays silent. */
export function createSounds(settings: Settings): Sounds {
  let context: AudioContext | null = null;
  const wake = (): void => {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  };
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, wake, { passive: true });
  return {
    play(sound) {
      const { sounds, volume } = settings.peek();
      const at = context;
      if (!sounds || at?.state !== 'running') return;
      void import('../table/sounds').then(({ play }) => play(sound, at, volume / 100));
    },
  };
}
