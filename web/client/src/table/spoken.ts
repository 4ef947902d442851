/** How things are called for who cannot see them. */

import type { Piece } from './vocabulary';
import type { Words } from './words';

/** “e4, white pawn, can be picked”. */
export function spoken(
  place: string,
  pieces: readonly Piece[] | undefined,
  open: boolean,
  picked: boolean,
  words: Words,
): string {
  const labels = grouped(pieces, words);
  const named = labels.some((label) => label.includes(place)) ? [] : [place];
  const states = [open && words.canBePicked, picked && words.picked].filter((state) => state !== false);
  return [...named, ...(labels.length ? labels : [words.empty]), ...states].join(', ');
}

function grouped(pieces: readonly Piece[] | undefined, words: Words): string[] {
  const counts = new Map<string, number>();
  for (const { label, n = 1 } of pieces ?? []) counts.set(label, (counts.get(label) ?? 0) + n);
  return [...counts].map(([label, count]) =>
    count > 1 ? words.several.replace('{label}', label).replace('{count}', String(count)) : label,
  );
}
