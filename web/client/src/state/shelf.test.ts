import { expect, test } from 'vitest';
import { found, shelves, type Filter } from './shelf';
import type { GameInfo } from './views';

function game(key: string, title: string, seats: number[], hides_nothing = true): GameInfo {
  return { key, title, seats, hides_nothing, options: {}, exports: [], explained: false };
}

const GAMES = [game('chess', 'Chess', [2]), game('liars_dice', 'Liar’s dice', [2, 3, 4], false), game('café', 'Café', [3])];
const BOTS = new Map([['chess', ['minimax']]]);

function keys(called: string, filter: Filter = 'all'): string[] {
  return found(GAMES, called, filter, BOTS).map(({ key }) => key);
}

test('a game is found by any words of its title, without case, accents and apostrophes', () => {
  expect(keys('')).toHaveLength(3);
  expect(keys('CHE')).toEqual(['chess']);
  expect(keys('dice liars')).toEqual(['liars_dice']);
  expect(keys('cafe')).toEqual(['café']);
  expect(keys('chess dice')).toEqual([]);
});

test.each<[Filter, string[]]>([
  ['two', ['chess', 'liars_dice']],
  ['many', ['liars_dice', 'café']],
  ['bots', ['chess']],
  ['open', ['chess', 'café']],
  ['hidden', ['liars_dice']],
])('the filter “%s” leaves %s', (filter, left) => {
  expect(keys('', filter)).toEqual(left);
});

test('games of a collection stand on a shelf of their own', () => {
  const all = [...GAMES, game('collection/nim', 'Nim', [2])];
  const { own, more } = shelves(all);
  expect(own).toEqual(GAMES);
  expect(more.map(({ key }) => key)).toEqual(['collection/nim']);
});
