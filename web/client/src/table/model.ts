/** A table and a scene made ready to draw: which places there are, what lies where, what can be picked there. */

import { fileOf, type Layout, layoutOf, type View } from './geometry';
import type { Pickable, Picking } from './picks';
import type { Board, Lay, Mark, Piece, Scene, Sheet, Table, Zone } from './vocabulary';

export interface Model {
  readonly zones: readonly Zone[];
  readonly layouts: ReadonlyMap<string, Layout>;
  /** From the lowest to the topmost. */
  readonly pieces: ReadonlyMap<string, readonly Piece[]>;
  readonly marks: readonly Mark[];
  /** Every word that stands for something drawn: places, whole files, pieces. */
  readonly drawn: ReadonlySet<string>;
  /** Of each place on a grid with them, the word for its whole file. */
  readonly files: ReadonlyMap<string, string>;
  /** Pieces at places that no zone has. */
  readonly strays: readonly Piece[];
}

export function isBoard(zone: Zone): zone is Board {
  return zone.kind === 'grid' || zone.kind === 'hex' || zone.kind === 'graph' || zone.kind === 'track';
}

export function isLay(zone: Zone): zone is Lay {
  return zone.kind === 'row' || zone.kind === 'hand' || zone.kind === 'pile';
}

/** The part that depends on the table alone. */
export interface Ground {
  readonly zones: readonly Zone[];
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly files: ReadonlyMap<string, string>;
  readonly places: ReadonlySet<string>;
}

export function groundOf(table: Table, view: View, seat: number | null): Ground {
  const layouts = new Map<string, Layout>();
  const files = new Map<string, string>();
  const places = new Set<string>();
  for (const zone of table.zones) {
    if (isBoard(zone)) {
      const layout = layoutOf(zone, view);
      layouts.set(zone.id, layout);
      for (const spot of layout.spots) {
        places.add(spot.place);
        const file = zone.kind === 'grid' ? fileOf(zone, spot, layout.flip) : null;
        if (file !== null) files.set(spot.place, file);
      }
    } else if (zone.kind === 'sheet') for (const place of sheetPlaces(zone)) places.add(place);
    else if (isLay(zone)) places.add(zone.id);
  }
  return { zones: arranged(table.zones, seat), layouts, files, places };
}

export function sheetPlaces(zone: Sheet): string[] {
  const rows = Array.from({ length: zone.rows }, (_, row) => row);
  return rows.flatMap((row) => Array.from({ length: zone.cols }, (_, col) => `${row}.${col}`));
}

/** What others hold first, then what is common, and nearest to the player what is the player's own. */
export function arranged(zones: readonly Zone[], seat: number | null): readonly Zone[] {
  if (seat === null) return zones;
  const nearness = (zone: Zone) => (isLay(zone) && typeof zone.owner === 'number' ? (zone.owner === seat ? 2 : 0) : 1);
  return zones.toSorted((one, other) => nearness(one) - nearness(other));
}

export function modelOf(ground: Ground, scene: Scene): Model {
  const pieces = new Map<string, Piece[]>();
  const strays: Piece[] = [];
  const drawn = new Set([...ground.places, ...ground.files.values()]);
  for (const piece of scene.pieces ?? []) {
    drawn.add(piece.id);
    if (!ground.places.has(piece.at)) strays.push(piece);
    const there = pieces.get(piece.at);
    if (there) there.push(piece);
    else pieces.set(piece.at, [piece]);
  }
  return { ...ground, pieces, marks: scene.marks ?? [], drawn, strays };
}

/** What picking this place would pick: itself, its file, or a piece on it, the topmost first. */
export function offerAt(model: Model, can: Pickable, place: string): string | null {
  for (const word of wordsAt(model, place)) if (can.next.has(word) || can.words.has(word)) return word;
  return null;
}

/** The word of this place, or of something on it, that has been picked. */
export function pickedAt(model: Model, picking: Picking, place: string): string | null {
  const words = wordsAt(model, place);
  return words.find((word) => picking.picked.includes(word) || picking.words.includes(word)) ?? null;
}

function wordsAt(model: Model, place: string): readonly string[] {
  const file = model.files.get(place);
  const pieces = model.pieces.get(place);
  if (!pieces) return file === undefined ? [place] : [place, file];
  const ids = pieces.map((piece) => piece.id).toReversed();
  return file === undefined ? [place, ...ids] : [place, file, ...ids];
}

/** The picks that nothing on the table stands for: they become buttons. */
export function buttonsOf(model: Model, can: Pickable): { next: string[]; words: string[] } {
  const hidden = (word: string) => !model.drawn.has(word);
  return { next: [...can.next].filter(hidden), words: [...can.words].filter(hidden) };
}

/** What a player is told besides what lies on the table. */
export interface Hints {
  readonly can: Pickable;
  readonly picking: Picking;
  /** The picks of the move that has no answer yet. */
  readonly pending: readonly string[];
  readonly targets: boolean;
}
