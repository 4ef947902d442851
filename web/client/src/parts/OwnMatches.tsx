import { usePage, useWords } from '../state/page';
import { waits, type OwnMatch } from '../state/own';
import type { About } from '../state/views';
import { Drawn, GamePicture } from './GamePicture';
import { Names } from './Names';

/** The matches that one plays, as they stand; those that wait for us come first. */
export function OwnMatches() {
  const { own } = usePage();
  const words = useWords().home;
  const matches = own.matches.value;
  if (!matches.length) return null;
  return (
    <section aria-labelledby="own-title" class="stack">
      <h2 id="own-title">{words.yourMatches}</h2>
      <ul class="shelf own-shelf">
        {matches.map((match) => (
          <li key={match.id}>
            <OwnCard match={match} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnCard({ match }: { readonly match: OwnMatch }) {
  const { games } = usePage();
  const words = useWords().home;
  const { table } = match.feed.about.value as Partial<About>;
  const view = match.feed.view.value;
  const mine = waits(match);
  const others = (view?.turn ?? []).map((seat) => match.players[seat]?.name ?? '');
  return (
    <a class={`card ${mine ? 'card-turn' : ''}`} href={`/match/${match.id}`}>
      {table && view ? (
        <div class="picture" aria-hidden="true">
          <Drawn table={table} scene={view.scene} title={games.title(match.game)} />
        </div>
      ) : (
        <GamePicture game={match.game} />
      )}
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
