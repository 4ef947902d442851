import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { GameShelf } from '../parts/GameShelf';
import { OpenLobbies } from '../parts/OpenLobbies';
import { OwnMatches } from '../parts/OwnMatches';
import { Main } from '../parts/Shell';
import { WatchMatches } from '../parts/WatchMatches';
import { usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import { useBots } from '../state/bots';
import { useLobbies } from '../state/lobbies';
import { lazyPart } from './lazy';
import '../style/home.css';

const PlayDialog = lazyPart(() => import('../parts/PlayDialog').then((module) => module.PlayDialog));

/** Everything one can play, and what is going on just now. `play`: the game whose ways to play are open. */
export function Home({ play }: { readonly play: string | null }) {
  const { games, own, router } = usePage();
  const words = useHomeWords().home;
  const bots = useBots();
  const lobbies = useLobbies();
  useEffect(() => void own.refresh(), [own]);
  const game = play === null ? undefined : games.find(play);
  return (
    <Main title={words.title} class="home">
      <p class="lead">{words.lead}</p>
      {games.list.value === null && <Offline />}
      <OwnMatches />
      <div class="going-on">
        <OpenLobbies lobbies={lobbies.value} />
        <CodeForm />
      </div>
      <GameShelf bots={bots.value} />
      <WatchMatches lobbies={lobbies.value} />
      {game && <PlayDialog game={game} bots={bots.value.get(game.key) ?? []} lobbies={lobbies.value} onClose={() => router.back()} />}
    </Main>
  );
}

/** For who has opened the page without a network, or while the server is away. */
function Offline() {
  const { client } = usePage();
  const words = useHomeWords();
  const { state } = client.connection.value;
  if (state === 'live' || state === 'connecting') return null;
  return (
    <section class="panel" aria-labelledby="offline-title">
      <h2 id="offline-title">{words.offline.title}</h2>
      <p>{words.offline.lead}</p>
      <p>
        <button type="button" class="button main" onClick={() => client.retry()}>
          {words.connection.retry}
        </button>
      </p>
    </section>
  );
}

/** For who was told a code and not a link. */
function CodeForm() {
  const { router } = usePage();
  const words = useHomeWords().home;
  const code = useSignal('');
  return (
    <section class="panel code-form" aria-labelledby="code-title">
      <h2 id="code-title">{words.enterCode}</h2>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          const id = code.value.trim();
          if (id) router.go({ page: 'lobby', id });
        }}
      >
        <label class="field grow">
          <span class="spoken">{words.code}</span>
          <input
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={32}
            required
            value={code.value}
            onInput={(event) => (code.value = event.currentTarget.value)}
          />
        </label>
        <button class="button" type="submit">
          {words.open}
        </button>
      </form>
    </section>
  );
}
