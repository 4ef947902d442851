/** The language that the page speaks. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { en, type Words } from './en';
import type { HomeWords } from './en-home';
import type { MoreWords } from './en-more';
import { saying, type Say } from './say';

export type { Words } from './en';

/** What is there of all words: English has the others where they are needed. */
export type SpokenWords = Words & Partial<HomeWords & MoreWords>;

/** Those that a player can choose, by their own names. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };

/** For tests: every word of the page is put into brackets, and in the second read from right to left. */
const PSEUDO = new Set(['en-XA', 'ar-XB']);

export interface Speech {
  readonly words: ReadonlySignal<SpokenWords>;
  /** How English is said where the user lives. */
  readonly english: Say;
  readonly language: ReadonlySignal<string>;
  readonly direction: ReadonlySignal<'ltr' | 'rtl'>;
  /** Speaks another language once its words are here; English when there are none. */
  speak(language: string): Promise<void>;
}

/** `read`: the languages of the browser's user, for how numbers and times are written there. */
export function createSpeech(read: readonly string[]): Speech {
  const english = saying(regional('en', read));
  const words = signal<SpokenWords>(en(english));
  const language = signal('en');
  const direction = signal<'ltr' | 'rtl'>('ltr');
  const speak = async (wanted: string): Promise<void> => {
    const found = await wordsOf(wanted, read);
    words.value = found ?? en(english);
    language.value = found ? wanted : 'en';
    direction.value = wanted === 'ar-XB' ? 'rtl' : 'ltr';
  };
  return { words, english, language, direction, speak };
}

async function wordsOf(language: string, read: readonly string[]): Promise<SpokenWords | null> {
  if (language === 'de') return (await import('./de')).de(saying(regional('de', read)));
  if (PSEUDO.has(language)) {
    const [{ pseudo }, { enHome }, { enMore }] = await Promise.all([import('./pseudo'), import('./en-home'), import('./en-more')]);
    const say = saying('en');
    return pseudo({ ...en(say), ...enHome(say), ...enMore(say) });
  }
  return null;
}

/** A language as it is used where the user lives: `en` may be `en-GB`. */
export function regional(language: string, read: readonly string[]): string {
  return read.find((one) => one.toLowerCase().startsWith(`${language}-`)) ?? language;
}

/** The language that comes first among those that the browser's user reads, of those that there are. */
export function preferred(languages: readonly string[]): string {
  const known = languages.map((language) => language.slice(0, 2).toLowerCase());
  return known.find((language) => language in LANGUAGES) ?? 'en';
}
