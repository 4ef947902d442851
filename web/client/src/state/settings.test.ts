import { expect, test } from 'vitest';
import { readChoices, usual } from './settings';

const USUAL = usual('en');

test('nothing kept is as usual', () => {
  expect(readChoices(null, USUAL)).toEqual(USUAL);
});

test('what was chosen holds', () => {
  expect(readChoices('{"theme":"dark","volume":5}', USUAL)).toEqual({ ...USUAL, theme: 'dark', volume: 5 });
});

test.each(['', '[', '3', 'null', '{"theme":"pink"}', '{"sounds":"yes","volume":null,"other":1}'])(
  'what cannot be read (%s) is as usual',
  (text) => {
    expect(readChoices(text, USUAL)).toEqual(USUAL);
  },
);
