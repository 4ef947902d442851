/** All that the parts of the page share, handed down by context: nothing is kept in modules. */

import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { EndedError, RefusedError, type Client } from '../wire/client';
import type { Store } from '../wire/store';
import type { Speech, SpokenWords, Words } from '../words';
import type { Say } from '../words/say';
import type { Expected } from './expected';
import type { Games } from './games';
import type { Notices } from './notices';
import type { Own } from './own';
import type { Router } from './route';
import type { Settings } from './settings';
import type { Sounds } from './sounds';

export interface Page {
  readonly client: Client;
  readonly expected: Expected;
  readonly games: Games;
  readonly notices: Notices;
  readonly own: Own;
  readonly router: Router;
  readonly settings: Settings;
  readonly sounds: Sounds;
  readonly store: Store;
  readonly speech: Speech;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('there is no page around this');
  return page;
}

export function useWords(): Words {
  return usePage().speech.words.value;
}

/** In the language that the page speaks; those that it has not are said in English. */
export function useWordsWith<W>(english: (say: Say) => W): W & SpokenWords {
  const { speech } = usePage();
  const words = speech.words.value;
  return useMemo(() => ({ ...english(speech.english), ...words }), [english, speech, words]);
}

/** What the work made; when it is refused, the sentence is shown and there is nothing. */
export async function attempted<T>(page: Page, work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedError) page.notices.quote(error.sentence);
    else if (!(error instanceof EndedError)) throw error;
    return null; // ended: the connection's own sign says so
  }
}
