/** How a match ended, for who looks at it. */

import type { Words } from '../words';
import type { Over } from './views';

export type Result =
  | { readonly kind: 'won' | 'lost' | 'drawn' }
  /** For who has no seat, or several, and for ends that are no win alone. */
  | { readonly kind: 'winners'; readonly seats: readonly number[] }
  | { readonly kind: 'over' };

/** The seats with the most points. */
export function winners(over: Over): readonly number[] {
  const most = Math.max(...over.points);
  return over.points.flatMap((points, seat) => (points === most ? [seat] : []));
}

export function resultFor(over: Over, own: readonly number[]): Result {
  const best = winners(over);
  if (over.points.length > 1 && best.length === over.points.length) return { kind: 'drawn' };
  const [mine, ...more] = own;
  if (mine !== undefined && !more.length && over.points.length > 1) return { kind: best.includes(mine) ? 'won' : 'lost' };
  return over.points.length > 1 ? { kind: 'winners', seats: best } : { kind: 'over' };
}

export function resultText(result: Result, names: readonly string[], words: Words['match']): string {
  switch (result.kind) {
    case 'winners':
      return words.winners(result.seats.map((seat) => names[seat] ?? ''));
    case 'over':
      return words.over;
    default:
      return words[result.kind];
  }
}

/** Places from 1; those with equal points share one. */
export function places(points: readonly number[]): readonly number[] {
  return points.map((mine) => 1 + points.filter((other) => other > mine).length);
}

/** Points as they are said where a win counts 1 and a loss −1: not at all. */
export function onlyWonOrLost(points: readonly number[]): boolean {
  return points.every((one) => one === 1 || one === -1 || one === 0);
}
