// Keeps a copy of the page, so that it opens without a network and says how things stand. What is asked of the server
// always goes to the server; the copy is shown only where nobody answers.
const COPY = 'page';

addEventListener('install', (event) => event.waitUntil(keepAll()));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const page = request.mode === 'navigate' && !pathname.startsWith('/api/');
  if (request.method !== 'GET' || origin !== location.origin || !(page || /^\/(assets|icon|manifest)/.test(pathname))) return;
  event.respondWith(answer(request, page ? '/' : pathname));
});

// The page, and what it names: all that its first sight needs.
async function keepAll() {
  const copy = await caches.open(COPY);
  const page = await fetch('/');
  const named = (await page.clone().text()).matchAll(/(?:src|href)="(\/[^"]+)"/g);
  await copy.put('/', await alone(page));
  await copy.addAll([...named].map(([, path]) => path));
  await skipWaiting();
}

// The page without the header that names what else to fetch: where the copy is shown, nobody answers that.
async function alone(page) {
  const headers = new Headers(page.headers);
  headers.delete('link');
  return new Response(await page.blob(), { headers });
}

async function answer(request, name) {
  const copy = await caches.open(COPY);
  try {
    const fresh = await fetch(request);
    const isPage = fresh.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (fresh.ok && isPage === (name === '/')) await copy.put(name, isPage ? await alone(fresh.clone()) : fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await copy.match(name);
    if (kept) return kept;
    throw error;
  }
}

// A notice says “your turn”: the tab that shows the match, or else a new one.
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

async function show(path) {
  const tabs = await clients.matchAll({ type: 'window' });
  const shown = tabs.find((tab) => new URL(tab.url).pathname === path);
  return shown ? shown.focus() : clients.openWindow(path);
}
