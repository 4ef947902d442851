import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';
import { enHome } from './en-home';
import { enMore } from './en-more';
import { preferred, regional } from './index';
import { accented, pseudo } from './pseudo';
import { saying } from './say';

/** Every text and every function of a catalogue, by its path. */
function leaves(part: unknown, path = ''): [string, unknown][] {
  if (typeof part !== 'object' || part === null) return [[path, part]];
  return Object.entries(part).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

const ENGLISH = { ...en(saying('en')), ...enHome(saying('en')), ...enMore(saying('en')) };

test('English has its plurals', () => {
  expect(ENGLISH.home.players([2])).toBe('2 players');
  expect(ENGLISH.home.players([1])).toBe('1 player');
  expect(ENGLISH.home.players([2, 3, 4])).toBe('2–4 players');
  expect(ENGLISH.home.players([2, 4])).toBe('2, 4 players');
  expect(ENGLISH.match.turnOf(['Ann', 'Bea', 'Cy'])).toBe('Ann, Bea, and Cy to move');
});

/** Without the names of options, which English takes from the games. */
function keys(catalogue: unknown): string[] {
  return leaves(catalogue).map(([path]) => path).filter((path) => !path.startsWith('.options.names'));
}

test('every language has the same words', () => {
  expect(keys(de(saying('de'))).toSorted()).toEqual(keys(ENGLISH).toSorted());
});

test('no text is empty', () => {
  expect(leaves(ENGLISH).filter(([, text]) => text === '')).toEqual([]);
});

test('the pseudo-locale accents every text, whether it is made or written', () => {
  const strange = pseudo(ENGLISH);
  expect(strange.general.settings).toBe('⟦Šéţţíñĝš ~~~~⟧');
  expect(strange.match.turnOf(['Ann'])).toMatch(/^⟦Áññ/u);
  expect(leaves(strange).filter(([, text]) => typeof text === 'string' && !text.startsWith('⟦'))).toEqual([]);
});

test('placeholders are not accented', () => {
  expect(accented('{count} of')).toMatch(/^⟦\{count\} óƒ/u);
});

test('the first language that there is is taken', () => {
  expect(preferred(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(preferred(['fr'])).toBe('en');
  expect(preferred([])).toBe('en');
});

test('numbers and times are written as where the user lives', () => {
  expect(regional('en', ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(regional('de', ['en-GB'])).toBe('de');
});

test('a number below zero has a minus sign, and no hyphen', () => {
  for (const language of ['en', 'de']) expect(saying(language).number(-6)).toBe('−6');
});
