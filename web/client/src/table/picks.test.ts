import { describe, expect, test } from 'vitest';
import { allowed, back, choicesOf, kept, NOTHING, numberMove, pick, pickable, type Picking, subsetMove } from './picks';
import type { Legal } from './vocabulary';
import { buttonLabel } from './words';

const CHESS: Legal = {
  version: 3,
  moves: ['e2e4', 'e2e3', 'g1f3', 'a7a8q', 'a7a8n'],
  picks: [
    ['e2', 'e4'],
    ['e2', 'e3'],
    ['g1', 'f3'],
    ['a7', 'a8', '#queen'],
    ['a7', 'a8', '#knight'],
  ],
};
const PASS: Legal = { version: 1, moves: [['subset', 'pass', ['2C', 'QS', 'AH', '9D'], 2, 3], 'resign'] };

function after(legal: Legal, ...words: string[]): { picking: Picking; move?: string } {
  const choices = choicesOf(legal);
  let result: { picking: Picking; move?: string } = { picking: NOTHING };
  for (const word of words) result = pick(choices, result.picking, word);
  return result;
}

describe('picks', () => {
  test('one leads to what can be picked next, and the last completes the move', () => {
    const choices = choicesOf(CHESS);
    expect([...pickable(choices, NOTHING).next]).toEqual(['e2', 'g1', 'a7']);
    const one = pick(choices, NOTHING, 'e2');
    expect(one).toEqual({ picking: { picked: ['e2'], words: [] } });
    expect([...pickable(choices, one.picking).next]).toEqual(['e4', 'e3']);
    expect(pick(choices, one.picking, 'e4').move).toBe('e2e4');
  });

  test('a button that is left over is not pressed in silence', () => {
    const only: Legal = { version: 1, moves: ['a7a8q'], picks: [['a7', 'a8', '#queen']] };
    expect(after(only, 'a7', 'a8').move).toBeUndefined();
    expect(after(only, 'a7', 'a8', '#queen').move).toBe('a7a8q');
  });

  test('picking the same again takes it back', () => {
    expect(after(CHESS, 'e2', 'e2').picking).toEqual(NOTHING);
  });

  test('picking another first thing begins anew', () => {
    expect(after(CHESS, 'e2', 'g1').picking.picked).toEqual(['g1']);
  });

  test('picking what leads nowhere lets go of everything', () => {
    expect(after(CHESS, 'a7', 'a8', 'h5').picking.picked).toEqual([]);
  });

  test('a step back takes away the last pick', () => {
    expect(back({ picked: ['a7', 'a8'], words: [] }).picked).toEqual(['a7']);
    expect(back(NOTHING)).toEqual(NOTHING);
  });

  test('a move without picks is picked by its name', () => {
    expect(after({ version: 0, moves: ['b2'] }, 'b2').move).toBe('b2');
    expect(after({ version: 0, moves: ['b2'], picks: [null] }, 'b2').move).toBe('b2');
  });

  test('without legal moves nothing can be picked', () => {
    expect(pickable(choicesOf(null), NOTHING).next.size).toBe(0);
  });

  test('what still leads somewhere outlives other moves, the rest does not', () => {
    const fewer = choicesOf({ version: 4, moves: ['e2e4'], picks: [['e2', 'e4']] });
    const picking = { picked: ['e2'], words: [] };
    expect(kept(fewer, picking)).toBe(picking);
    expect(kept(fewer, { picked: ['g1'], words: [] }).picked).toEqual([]);
  });
});

describe('a subset', () => {
  test('is made of words that are taken in and out', () => {
    expect(after(PASS, '2C', 'AH').picking.words).toEqual(['2C', 'AH']);
    expect(after(PASS, '2C', 'AH', '2C').picking.words).toEqual(['AH']);
  });

  test('takes no more words than it may have', () => {
    const full = after(PASS, '2C', 'AH', '9D').picking;
    expect([...pickable(choicesOf(PASS), full).words]).toEqual(['2C', 'AH', '9D']);
  });

  test('is told in the order of the form', () => {
    const form = choicesOf(PASS).subsets[0];
    expect(form && subsetMove(form, ['AH', '2C'])).toBe('pass 2C AH');
    expect(form && subsetMove(form, ['AH'])).toBeNull();
  });

  test('is forgotten when a listed move is begun', () => {
    expect(after(PASS, '2C', 'resign')).toEqual({ picking: { picked: ['resign'], words: [] }, move: 'resign' });
  });
});

describe('a number', () => {
  const form = ['number', 'raise', 40, 210, 20] as const;

  test('is the nearest one that the form allows', () => {
    expect(allowed(form, 75)).toBe(80);
    expect(allowed(form, 5)).toBe(40);
    expect(allowed(form, 9999)).toBe(200);
    expect(allowed(form, Number.NaN)).toBe(40);
    expect(numberMove(form, 100)).toBe('raise 100');
  });
});

test('a button is called by its word, and notation is left as it is', () => {
  expect(buttonLabel('#fold')).toBe('Fold');
  expect(buttonLabel('call 40')).toBe('Call 40');
  expect(buttonLabel('axb5')).toBe('axb5');
  expect(buttonLabel('#c4')).toBe('c4');
  expect(buttonLabel('up')).toBe('Up');
});
