/** The sounds of a table: which ones a new scene calls for, and how each is made. No files. */

import { newsOf } from './news';
import type { Scene } from './vocabulary';

export type Sound = 'move' | 'capture' | 'roll' | 'deal' | 'turn' | 'end';

/** What is to be heard when `before` becomes `now`, in order; `seat` is the listener's own, if any. */
export function soundsOf(before: Scene | null | undefined, now: Scene, seat?: number | null): Sound[] {
  if (!before || before === now) return [];
  const sounds: Sound[] = [];
  const stir = stirOf(before, now);
  if (stir) sounds.push(stir);
  if (before.turn.length && !now.turn.length) sounds.push('end');
  else if (typeof seat === 'number' && now.turn.includes(seat) && !before.turn.includes(seat)) sounds.push('turn');
  return sounds;
}

function stirOf(before: Scene, now: Scene): Sound | null {
  const { moved, came, gone, changed } = newsOf(before, now);
  const fresh = [...came, ...changed];
  if (fresh.some((piece) => piece.art.startsWith('d6:'))) return 'roll';
  const cards = [...moved, ...fresh].filter((piece) => piece.art.startsWith('card:'));
  if (cards.length > 1) return 'deal';
  if (gone.length && (moved.length || came.length)) return 'capture';
  return moved.length || fresh.length || gone.length ? 'move' : null;
}

interface Tone {
  at: number;
  hz: number;
  to?: number;
  seconds: number;
  loud: number;
  wave: OscillatorType;
}

interface Rustle {
  at: number;
  hz: number;
  seconds: number;
  loud: number;
}

const TONES: Record<Sound, readonly Tone[]> = {
  move: [{ at: 0, hz: 320, to: 150, seconds: 0.07, loud: 0.5, wave: 'triangle' }],
  capture: [
    { at: 0, hz: 260, to: 110, seconds: 0.09, loud: 0.6, wave: 'triangle' },
    { at: 0.06, hz: 420, to: 190, seconds: 0.07, loud: 0.4, wave: 'triangle' },
  ],
  roll: [0, 0.07, 0.13, 0.21, 0.27].map((at, i) => ({
    at,
    hz: 900 - 90 * i,
    to: 300,
    seconds: 0.03,
    loud: 0.22,
    wave: 'square' as const,
  })),
  deal: [],
  turn: [
    { at: 0, hz: 523, seconds: 0.16, loud: 0.22, wave: 'sine' },
    { at: 0.12, hz: 784, seconds: 0.24, loud: 0.22, wave: 'sine' },
  ],
  end: [
    { at: 0, hz: 392, seconds: 0.22, loud: 0.25, wave: 'sine' },
    { at: 0.16, hz: 523, seconds: 0.22, loud: 0.25, wave: 'sine' },
    { at: 0.32, hz: 659, seconds: 0.5, loud: 0.25, wave: 'sine' },
  ],
};

const RUSTLES: Partial<Record<Sound, readonly Rustle[]>> = {
  move: [{ at: 0, hz: 1800, seconds: 0.03, loud: 0.35 }],
  capture: [{ at: 0, hz: 2200, seconds: 0.05, loud: 0.5 }],
  deal: [0, 0.08, 0.16].map((at) => ({ at, hz: 3200, seconds: 0.06, loud: 0.4 })),
  roll: [0, 0.07, 0.13, 0.21, 0.27].map((at) => ({ at, hz: 2600, seconds: 0.025, loud: 0.5 })),
};

/** Plays one sound; `volume` from 0 to 1. The context must have been allowed to sound by a touch or a key. */
export function play(sound: Sound, context: AudioContext, volume: number): void {
  if (volume <= 0) return;
  const out = context.createGain();
  out.gain.value = volume;
  out.connect(context.destination);
  for (const tone of TONES[sound]) playTone(tone, context, out);
  for (const rustle of RUSTLES[sound] ?? []) playRustle(rustle, context, out);
}

function faded(context: AudioContext, out: AudioNode, start: number, seconds: number, loud: number): GainNode {
  const gain = context.createGain();
  gain.gain.setValueAtTime(loud, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + seconds);
  gain.connect(out);
  return gain;
}

function playTone(tone: Tone, context: AudioContext, out: AudioNode): void {
  const start = context.currentTime + tone.at;
  const source = context.createOscillator();
  source.type = tone.wave;
  source.frequency.setValueAtTime(tone.hz, start);
  if (tone.to) source.frequency.exponentialRampToValueAtTime(tone.to, start + tone.seconds);
  source.connect(faded(context, out, start, tone.seconds, tone.loud));
  source.start(start);
  source.stop(start + tone.seconds);
}

/** A short noise through a band: wood on wood, or a card on felt. */
function playRustle(rustle: Rustle, context: AudioContext, out: AudioNode): void {
  const start = context.currentTime + rustle.at;
  const length = Math.ceil(context.sampleRate * rustle.seconds);
  const buffer = context.createBuffer(1, length, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < length; i++) samples[i] = Math.random() * 2 - 1;
  const source = context.createBufferSource();
  source.buffer = buffer;
  const band = context.createBiquadFilter();
  band.type = 'bandpass';
  band.frequency.value = rustle.hz;
  source.connect(band);
  band.connect(faded(context, out, start, rustle.seconds, rustle.loud));
  source.start(start);
}
