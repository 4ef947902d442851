import { expect, test } from 'vitest';
import { onlyWonOrLost, places, resultFor, winners } from './result';

function over(...points: number[]) {
  return { ending: 'end', points };
}

test('the seats with the most points win', () => {
  expect(winners(over(1, -1))).toEqual([0]);
  expect(winners(over(3, 7, 7))).toEqual([1, 2]);
});

test('who sits there hears whether they won', () => {
  expect(resultFor(over(1, -1), [0])).toEqual({ kind: 'won' });
  expect(resultFor(over(1, -1), [1])).toEqual({ kind: 'lost' });
  expect(resultFor(over(0, 0), [1])).toEqual({ kind: 'drawn' });
});

test('who watches, or sits on both sides, hears who won', () => {
  expect(resultFor(over(1, -1), [])).toEqual({ kind: 'winners', seats: [0] });
  expect(resultFor(over(1, -1), [0, 1])).toEqual({ kind: 'winners', seats: [0] });
});

test('who plays alone hears that it is over', () => {
  expect(resultFor(over(12), [0])).toEqual({ kind: 'over' });
});

test('equal points share a place', () => {
  expect(places([5, 9, 5, 1])).toEqual([2, 1, 2, 4]);
});

test('points that only say who won are no score', () => {
  expect(onlyWonOrLost([1, -1])).toBe(true);
  expect(onlyWonOrLost([12, 8])).toBe(false);
});
