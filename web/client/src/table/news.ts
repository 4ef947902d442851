/** What is different between two scenes of a match, told by the ids of pieces. */

import type { Piece, Scene } from './vocabulary';

export interface News {
  /** Pieces that lie elsewhere now, as they are now. */
  readonly moved: readonly Piece[];
  readonly came: readonly Piece[];
  /** Pieces that are there no more, as they were. */
  readonly gone: readonly Piece[];
  /** Pieces that stayed and look different. */
  readonly changed: readonly Piece[];
}

const NO_NEWS: News = { moved: [], came: [], gone: [], changed: [] };
const NONE: readonly Piece[] = [];

export function newsOf(before: Scene | null | undefined, now: Scene): News {
  const [old, all] = [before?.pieces ?? NONE, now.pieces ?? NONE];
  if (!before || old === all) return NO_NEWS;
  const was = new Map(old.map((piece) => [piece.id, piece]));
  const is = new Set(all.map((piece) => piece.id));
  const moved: Piece[] = [];
  const came: Piece[] = [];
  const changed: Piece[] = [];
  for (const piece of all) {
    const earlier = was.get(piece.id);
    if (!earlier) came.push(piece);
    else if (earlier.at !== piece.at) moved.push(piece);
    else if (earlier.art !== piece.art) changed.push(piece);
  }
  return { moved, came, changed, gone: old.filter((piece) => !is.has(piece.id)) };
}

const SAID_MAX = 3;

/** One sentence or two for who cannot see the table: what lies elsewhere, and the status. */
export function announcement(before: Scene | null | undefined, now: Scene): string {
  const { moved, came, changed } = newsOf(before, now);
  const seen = [...moved, ...came, ...changed].filter((piece) => !piece.art.endsWith(':?'));
  const said = seen.slice(0, SAID_MAX).map((piece) => piece.label);
  return [...said, now.status.text].map((text) => text.replace(/[.\s]+$/, '')).join('. ');
}
