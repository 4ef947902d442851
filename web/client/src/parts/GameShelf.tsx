import { useSignal } from '@preact/signals';
import { usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import type { Bots } from '../state/bots';
import { FILTERS, found, shelves, type Filter } from '../state/shelf';
import type { GameInfo } from '../state/views';
import { GamePicture } from './GamePicture';
import { Icon } from './Icon';

/** Of so many the server lets the browser fetch the pictures while the page is still on its way. */
const PICTURES_FIRST = 4;

/** All games, to be looked through and searched. */
export function GameShelf({ bots }: { readonly bots: Bots }) {
  const { games } = usePage();
  const words = useHomeWords().home;
  const called = useSignal('');
  const filter = useSignal<Filter>('all');
  const more = useSignal(false);
  const { own, more: others } = shelves(games.list.value ?? []);
  const searching = called.value.trim() !== '' || filter.value !== 'all';
  const shown = found(own, called.value, filter.value, bots);
  const shownMore = found(others, called.value, filter.value, bots);
  return (
    <section aria-labelledby="games-title" class="stack">
      <div class="row spread shelf-head">
        <h2 id="games-title">{words.allGames}</h2>
        <label class="search">
          <span class="spoken">{words.search}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={words.search}
            value={called.value}
            onInput={(event) => (called.value = event.currentTarget.value)}
          />
        </label>
      </div>
      <fieldset class="choices filters">
        <legend class="spoken">{words.filter}</legend>
        {FILTERS.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="filter" checked={filter.value === one} onChange={() => (filter.value = one)} />
            <span>{words.filters[one]}</span>
          </label>
        ))}
      </fieldset>
      <p class="spoken" role="status">
        {searching ? words.found(shown.length + shownMore.length) : ''}
      </p>
      <Shelf games={shown} bots={bots} />
      {searching && shown.length + shownMore.length === 0 && <p class="soft">{words.nothingFound}</p>}
      {others.length > 0 && (!searching || shownMore.length > 0) && (
        <section aria-labelledby="more-title" class="stack">
          <h3 id="more-title">{words.moreGames}</h3>
          {more.value || searching ? (
            <Shelf games={shownMore} bots={bots} />
          ) : (
            <p class="row">
              <span class="soft">{words.moreGamesLead(others.length)}</span>
              <button type="button" class="button" onClick={() => (more.value = true)}>
                {words.showMore}
              </button>
            </p>
          )}
        </section>
      )}
    </section>
  );
}

function Shelf({ games, bots }: { readonly games: readonly GameInfo[]; readonly bots: Bots }) {
  const words = useHomeWords();
  return (
    <ul class="shelf">
      {games.map((game, at) => (
        <li key={game.key}>
          <a class="card" href={`/?play=${encodeURIComponent(game.key)}`}>
            <GamePicture game={game.key} now={at < PICTURES_FIRST} />
            <span class="card-words">
              <span class="card-title" lang="en">
                {game.title}
              </span>
              <span class="row small soft">
                {words.home.players(game.seats)}
                {bots.has(game.key) && (
                  <span class="with-bot" title={words.home.filters.bots}>
                    <Icon name="bot" />
                    <span class="spoken">{words.home.filters.bots}</span>
                  </span>
                )}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
