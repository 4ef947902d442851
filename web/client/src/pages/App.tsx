import { useEffect } from 'preact/hooks';
import { Main, Shell } from '../parts/Shell';
import { usePage, useWords } from '../state/page';
import { addressOf, type Route } from '../state/route';
import { lazy } from './lazy';

const Home = lazy(() => import('./Home').then((module) => module.Home));
const Lobby = lazy(() => import('./Lobby').then((module) => module.Lobby));
const Match = lazy(() => import('./Match').then((module) => module.Match));
const Replay = lazy(() => import('./Replay').then((module) => module.Replay));
const SettingsPage = lazy(() => import('./Settings').then((module) => module.SettingsPage));
const Workbench = lazy(() => import('./Workbench').then((module) => module.Workbench));

/** The page that the address names, within what surrounds them all. */
export function App() {
  const { router } = usePage();
  const route = router.route.value;
  const place = placeOf(route);
  useEffect(() => window.scrollTo(0, 0), [place]);
  return (
    <Shell>
      <Shown key={place} route={route} />
    </Shell>
  );
}

/** Fetches the code of a page, to have it when it is shown. */
export function fetchPage(page: Route['page']): Promise<void> {
  const pages: Partial<Record<Route['page'], { fetch(): Promise<void> }>> = { home: Home, lobby: Lobby, match: Match, replay: Replay };
  return pages[page]?.fetch() ?? Promise.resolve();
}

/** Where one is: the same with a dialog open as without. */
function placeOf(route: Route): string {
  return route.page === 'home' ? '/' : addressOf(route);
}

function Shown({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'home':
      return <Home play={route.play} />;
    case 'lobby':
      return <Lobby id={route.id} />;
    case 'match':
      return <Match id={route.id} />;
    case 'replay':
      return <Replay id={route.id} />;
    case 'settings':
      return <SettingsPage />;
    case 'workbench':
      return <Workbench id={route.id} />;
    default:
      return <Missing />;
  }
}

function Missing() {
  const words = useWords().general;
  return (
    <Main title={words.noSuchPage} class="narrow">
      <p>{words.noSuchPageWhy}</p>
      <p>
        <a class="button main" href="/">
          {words.backHome}
        </a>
      </p>
    </Main>
  );
}
