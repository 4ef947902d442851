/** Sounds, when the player wants them and the browser lets the page make them. */

import type { Sound } from '../table/sounds';
import type { Scene } from '../table/vocabulary.gen';
import type { Settings } from './settings';

type Code = typeof import('../table/sounds');

export interface Sounds {
  play(sound: Sound): void;
  /** What is heard when one scene follows on another, for who sits there. */
  changed(before: Scene, now: Scene, seat: number | null): void;
}

/** A browser lets a page sound after the first touch or key: until then it stays silent. */
export function createSounds(settings: Settings): Sounds {
  let context: AudioContext | null = null;
  const wake = (): void => {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  };
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, wake, { passive: true });
  const make = (pick: (code: Code) => readonly Sound[]): void => {
    const { sounds, volume } = settings.peek();
    const at = context;
    if (!sounds || at?.state !== 'running') return;
    import('../table/sounds').then(
      (code) => pick(code).forEach((sound) => code.play(sound, at, volume / 100)),
      () => {}, // without a network just now it stays silent
    );
  };
  return {
    play: (sound) => make(() => [sound]),
    changed: (before, now, seat) => make(({ soundsOf }) => soundsOf(before, now, seat)),
  };
}
