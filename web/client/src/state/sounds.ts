/** Sounds, when the player wants them and the browser lets the page make them. */

import { play, type Sound } from '../table';
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
      if (sounds && context?.state === 'running') play(sound, context, volume / 100);
    },
  };
}
