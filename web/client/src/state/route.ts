/** Addresses: what each shows, and how one goes from one to the next. */

import { signal, type ReadonlySignal } from '@preact/signals';

export type Route =
  /** `play`: the game whose ways to play are open. */
  | { readonly page: 'home'; readonly play: string | null }
  | { readonly page: 'lobby' | 'match' | 'replay'; readonly id: string }
  | { readonly page: 'settings' }
  | { readonly page: 'workbench'; readonly id: string | null }
  | { readonly page: 'missing' };

export function routeOf(path: string, search = ''): Route {
  const [page = '', id = '', ...rest] = path.split('/').filter(Boolean).map(decoded);
  if (rest.length) return { page: 'missing' };
  if (page === '') return { page: 'home', play: new URLSearchParams(search).get('play') };
  if (page === 'settings' && !id) return { page };
  if (page === 'workbench') return { page, id: id || null };
  if ((page === 'lobby' || page === 'match' || page === 'replay') && id) return { page, id };
  return { page: 'missing' };
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return route.play === null ? '/' : `/?play=${encodeURIComponent(route.play)}`;
    case 'lobby':
    case 'match':
    case 'replay':
      return `/${route.page}/${encodeURIComponent(route.id)}`;
    case 'workbench':
      return route.id === null ? '/workbench' : `/workbench/${encodeURIComponent(route.id)}`;
    default:
      return `/${route.page}`;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray percent sign: then it names nothing here
  }
}

/** Whether both show the same page of the same thing, be it with a dialog open. */
export function samePage(one: Route, other: Route): boolean {
  return one.page === other.page && ('id' in one ? one.id : '') === ('id' in other ? other.id : '');
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  go(route: Route): void;
  /** Goes there in the place of the present address: “back” passes over it. */
  swap(route: Route): void;
  back(): void;
  /** Whether one has come to the present page from another, rather than by loading it. */
  moved(): boolean;
}

/** Follows the address bar, the buttons for back and forth, and plain clicks on links of this page. */
export function createRouter(): Router {
  const route = signal(here());
  let within = 0;
  let moved = false;
  window.addEventListener('popstate', () => {
    moved = true;
    within = Math.max(0, within - 1);
    route.value = here();
  });
  const go = (to: Route): void => {
    history.pushState(null, '', addressOf(to));
    within += 1;
    moved = true;
    route.value = to;
  };
  const swap = (to: Route): void => {
    history.replaceState(null, '', addressOf(to));
    moved = true;
    route.value = to;
  };
  document.addEventListener('click', (event) => {
    const address = addressFollowed(event);
    if (!address) return;
    event.preventDefault();
    go(routeOf(address.pathname, address.search));
  });
  const back = (): void => (within > 0 ? history.back() : swap({ page: 'home', play: null }));
  return { route, go, swap, back, moved: () => moved };
}

function here(): Route {
  return routeOf(location.pathname, location.search);
}

/** Where a click leads within this page; null when it is the browser's to follow. */
function addressFollowed(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target || link.hasAttribute('download')) return null;
  const address = new URL(link.href);
  return address.origin === location.origin && !address.pathname.startsWith('/api/') && !address.hash ? address : null;
}
