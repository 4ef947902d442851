import { usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import { waits, type OwnMatch } from '../state/own';
import type { LobbyView } from '../state/views';
import { GamePicture } from './GamePicture';
import { FeedPicture } from './LivePicture';
import { Names } from './Names';

/** The matches that one plays, as they stand, those that wait for us first; and lobbies that one sits in. */
export function OwnMatches() {
  const { expected, own } = usePage();
  const words = useHomeWords().home;
  const matches = own.matches.value;
  const lobbies = expected.lobbies.value;
  if (!matches.length && !lobbies.length) return null;
  return (
    <section aria-labelledby="own-title" class="stack">
      <h2 id="own-title">{words.yourMatches}</h2>
      <ul class="shelf own-shelf">
        {matches.map((match) => (
          <li key={match.id}>
            <OwnCard match={match} />
          </li>
        ))}
        {lobbies.map((lobby) => (
          <li key={lobby.id}>
            <LobbyCard lobby={lobby} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LobbyCard({ lobby }: { readonly lobby: LobbyView }) {
  const { games } = usePage();
  const words = useHomeWords();
  const taken = lobby.seats.filter((seat) => seat !== null && 'player' in seat).length;
  return (
    <a class="card" href={`/lobby/${lobby.id}`}>
      <GamePicture game={lobby.game} />
      <span class="card-words">
        <span class="card-title" lang="en">
          {games.title(lobby.game)}
        </span>
        <span class="soft">{words.home.seatsTaken(taken, lobby.seats.length)}</span>
        <span class="tag plain">{words.home.waitsForPlayers}</span>
      </span>
    </a>
  );
}

function OwnCard({ match }: { readonly match: OwnMatch }) {
  const { games } = usePage();
  const words = useHomeWords().home;
  const view = match.feed.view.value;
  const mine = waits(match);
  const others = (view?.turn ?? []).map((seat) => match.players[seat]?.name ?? '');
  return (
    <a class={`card ${mine ? 'card-turn' : ''}`} href={`/match/${match.id}`}>
      <FeedPicture feed={match.feed} game={match.game} />
      <span class="card-words">
        <span class="card-title" lang="en">
          {games.title(match.game)}
        </span>
        <Names names={match.players.filter((_, seat) => seat !== match.seat).map((player) => player.name)} />
        {mine ? <span class="tag turn">{words.yourTurn}</span> : <span class="small soft">{others.length > 0 && words.theirTurn(others)}</span>}
      </span>
    </a>
  );
}
