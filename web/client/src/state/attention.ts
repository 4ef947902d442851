/** “It is your turn”: in the title, as the icon, to be heard, and as a notice of the browser where asked for. */

import { effect } from '@preact/signals';
import type { OwnMatch } from './own';
import type { Page } from './page';

/** The parts of the page that a call for attention needs. */
type Around = Pick<Page, 'games' | 'router' | 'settings' | 'sounds' | 'speech'>;

/** Keeps the icon: with a dot while a match waits for us. Returns what stops it. */
export function markIcon(page: Pick<Page, 'own'>): () => void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  return effect(() => {
    const address = page.own.waiting.value ? '/icon-turn.svg' : '/icon.svg';
    if (icon && icon.getAttribute('href') !== address) icon.setAttribute('href', address);
  });
}

/** It has become our turn in a match that we may not be looking at. */
export function callFor(match: OwnMatch, page: Around): void {
  const route = page.router.route.peek();
  const inSight = route.page === 'match' && route.id === match.id && !document.hidden;
  if (inSight) return;
  if (route.page !== 'match' || route.id !== match.id) page.sounds.play('turn');
  if (document.hidden && page.settings.peek().notify) void notify(match, page);
}

async function notify(match: OwnMatch, page: Around): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const words = page.speech.words.peek().attention;
  const options = { body: words.body(page.games.title(match.game)), tag: match.id, icon: '/icon.svg', data: `/match/${match.id}` };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker) {
    await worker.showNotification(words.yourTurn, options); // its click is handled in sw.js
    return;
  }
  const notice = new Notification(words.yourTurn, options);
  notice.addEventListener('click', () => {
    window.focus();
    page.router.go({ page: 'match', id: match.id });
    notice.close();
  });
}
