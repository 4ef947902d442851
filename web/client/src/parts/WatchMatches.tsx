import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import type { ListedLobby } from '../state/lobbies';
import type { PlayedMatch, PresenceView } from '../state/views';
import { GamePicture } from './GamePicture';
import { Icon } from './Icon';
import { LivePicture } from './LivePicture';
import { Names } from './Names';

const SHOWN_MAX = 12;
/** So many follow their match; the rest show how their game begins. */
const LIVE_MAX = 6;
const SETTLED_MS = 1000;

/** Public matches. A match comes out of a lobby: so the list is asked for anew when the lobbies change. */
export function WatchMatches({ lobbies }: { readonly lobbies: readonly ListedLobby[] | null }) {
  const { client, own } = usePage();
  const words = useHomeWords().home;
  const matches = useSignal<readonly PlayedMatch[] | null>(null);
  const started = lobbies?.map((lobby) => lobby.id).join(' ');
  useEffect(() => {
    let gone = false;
    const ask = (): void => {
      client.api<PlayedMatch[]>('/api/matches').then(
        (found) => {
          if (!gone) matches.value = found;
        },
        () => {}, // the list of before stands until the next change
      );
    };
    const timer = setTimeout(ask, matches.peek() === null ? 0 : SETTLED_MS);
    const seen = (): void => {
      if (!document.hidden) ask();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [client, matches, started]);
  const mine = new Set(own.matches.value.map((match) => match.id));
  const shown = matches.value?.filter((match) => !mine.has(match.id)).slice(0, SHOWN_MAX);
  return (
    <section aria-labelledby="watch-title" class="stack">
      <h2 id="watch-title">{words.watch}</h2>
      {shown && !shown.length && <p class="soft">{words.noMatches}</p>}
      <ul class="shelf own-shelf">
        {shown?.map((match, at) => (
          <li key={match.id}>
            <WatchCard match={match} live={at < LIVE_MAX} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WatchCard({ match, live }: { readonly match: PlayedMatch; readonly live: boolean }) {
  const { client, games } = usePage();
  const words = useHomeWords().home;
  const presence = useMemo(() => client.watch<PresenceView>(`presence/${match.id}`), [client, match.id]);
  useEffect(() => () => presence.close(), [presence]);
  const spectators = useComputed(() => presence.view.value?.spectators?.count ?? 0).value;
  return (
    <a class="card" href={`/match/${match.id}`}>
      {live ? <LivePicture id={match.id} game={match.game} /> : <GamePicture game={match.game} />}
      <span class="card-words">
        <span class="card-title" lang="en">
          {games.title(match.game)}
        </span>
        <Names names={match.players} />
        <span class="tag plain">
          <Icon name="eye" /> {words.spectators(spectators)}
        </span>
      </span>
    </a>
  );
}
