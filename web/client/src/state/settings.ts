/** What a player has chosen, kept in the browser and shared by its tabs. */

import { effect, signal, type Signal } from '@preact/signals';
import type { Store } from '../wire/store';

export type Theme = 'system' | 'light' | 'dark';

export interface Choices {
  readonly theme: Theme;
  readonly language: string;
  readonly labels: boolean;
  readonly targets: boolean;
  readonly animation: boolean;
  readonly confirm: boolean;
  readonly sounds: boolean;
  /** From 0 to 100. */
  readonly volume: number;
  readonly notify: boolean;
}

export type Settings = Signal<Choices>;

export function usual(language: string): Choices {
  return {
    theme: 'system',
    language,
    labels: true,
    targets: true,
    animation: true,
    confirm: false,
    sounds: true,
    volume: 70,
    notify: false,
  };
}

const KEPT = 'parlour.settings';

/** The settings; changed here or in another tab, they are kept and hold in all. */
export function createSettings(store: Store, language: string): Settings {
  const settings = signal(readChoices(store.get(KEPT), usual(language)));
  effect(() => store.set(KEPT, JSON.stringify(settings.value)));
  window.addEventListener('storage', (event) => {
    if (event.key === KEPT) settings.value = readChoices(event.newValue, settings.peek());
  });
  return settings;
}

/** Choices as they were written; what is missing or of another kind is as usual. */
export function readChoices(text: string | null, otherwise: Choices): Choices {
  const said = parsed(text);
  const valid = Object.entries(said).filter(
    ([key, value]) => key in otherwise && typeof value === typeof otherwise[key as keyof Choices],
  );
  const choices = { ...otherwise, ...Object.fromEntries(valid) };
  const theme = (['system', 'light', 'dark'] as const).find((known) => known === choices.theme);
  return { ...choices, theme: theme ?? otherwise.theme };
}

function parsed(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // damaged: as if nothing had been chosen
  }
}

/** Keeps the document's theme, motion, language and direction as chosen. Returns what stops it. */
export function dress(settings: Settings, speech: { language: { value: string }; direction: { value: string } }): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const root = document.documentElement;
  const put = (): void => {
    const { theme, animation } = settings.value;
    root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    root.dataset.motion = animation && !still.matches ? 'some' : 'none';
    root.lang = speech.language.value;
    root.dir = speech.direction.value;
  };
  dark.addEventListener('change', put);
  still.addEventListener('change', put);
  const stop = effect(put);
  return () => {
    stop();
    dark.removeEventListener('change', put);
    still.removeEventListener('change', put);
  };
}
