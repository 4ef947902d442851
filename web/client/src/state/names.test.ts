import { expect, test } from 'vitest';
import { namesOf } from './names';

test('players of one name are told apart', () => {
  const names = ['Ann', 'random', 'random', 'Bea', 'random'];
  expect(namesOf(names.map((name) => ({ name })))).toEqual(['Ann', 'random', 'random 2', 'Bea', 'random 3']);
});
