/** The one place where the parts of the page are joined. */

import { effect } from '@preact/signals';
import { createClient } from '../wire/client';
import { browserStore } from '../wire/store';
import { createSpeech, preferred } from '../words';
import { callFor, markIcon } from './attention';
import { createExpected } from './expected';
import { createGames } from './games';
import { createNotices } from './notices';
import { createOwn } from './own';
import type { Page } from './page';
import { createRouter } from './route';
import { createSettings, dress } from './settings';
import { createSounds } from './sounds';

/** A page, once it can speak the player's language. */
export async function createPage(): Promise<Page> {
  const store = browserStore();
  const settings = createSettings(store, preferred(navigator.languages));
  const speech = createSpeech(navigator.languages);
  const client = createClient({ store });
  await speech.speak(settings.peek().language);
  dress(settings, speech);
  const others = {
    client,
    settings,
    speech,
    store,
    games: createGames(client),
    notices: createNotices(),
    router: createRouter(),
    sounds: createSounds(settings),
  };
  const own = createOwn(client, (match) => callFor(match, others));
  const begun = (id: string): void => {
    void own.refresh();
    const route = others.router.route.peek();
    if (!('id' in route) || route.id !== id) others.notices.tell(speech.words.peek().general.begun);
  };
  const page = { ...others, own, expected: createExpected(client, store, begun) };
  effect(() => void speech.speak(settings.value.language));
  markIcon(page);
  void page.own.refresh();
  void navigator.serviceWorker?.register('/sw.js').catch(() => {}); // without HTTPS there is no offline page
  return page;
}
