/** Games as one looks for them. */

import type { Bots } from './bots';
import type { GameInfo } from './views';

export const FILTERS = ['all', 'two', 'many', 'bots', 'open', 'hidden'] as const;
export type Filter = (typeof FILTERS)[number];

/** The games that are called so (or by key so) and pass the filter. */
export function found(games: readonly GameInfo[], called: string, filter: Filter, bots: Bots): readonly GameInfo[] {
  const words = plain(called).split(/\s+/).filter(Boolean);
  const named = (game: GameInfo): boolean => {
    const text = plain(`${game.title} ${game.key.replaceAll('_', ' ')}`);
    return words.every((word) => text.includes(word));
  };
  return games.filter((game) => named(game) && passes(game, filter, bots));
}

function passes(game: GameInfo, filter: Filter, bots: Bots): boolean {
  switch (filter) {
    case 'two':
      return game.seats.includes(2);
    case 'many':
      return (game.seats.at(-1) ?? 0) > 2;
    case 'bots':
      return bots.has(game.key);
    case 'open':
      return game.hides_nothing;
    case 'hidden':
      return !game.hides_nothing;
    default:
      return true;
  }
}

/** Without case, accents and apostrophes, so that “liars dice” is found. */
function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f'’]/g, '');
}

/** Those that have a table of their own, and those taken over from a collection, which are drawn plainly. */
export function shelves(games: readonly GameInfo[]): { readonly own: readonly GameInfo[]; readonly more: readonly GameInfo[] } {
  return { own: games.filter((game) => !game.key.includes('/')), more: games.filter((game) => game.key.includes('/')) };
}
