/** How a game looks and what a seat may do, as the server describes it. What has its default value is left out. */

import type { Graph, Grid, Hex, Lay, Mark, Piece, Scene, Sheet, Table, Track, Zone } from './vocabulary.gen';

export type { Graph, Grid, Hex, Lay, Mark, Piece, Scene, Sheet, Table, Track, Zone };

export type Board = Grid | Hex | Graph | Track;

export type Preset = readonly [label: string, amount: number];
export type NumberForm = readonly [
  'number',
  verb: string,
  low: number,
  high: number,
  step: number,
  presets?: readonly Preset[] | null,
];
export type SubsetForm = readonly ['subset', verb: string, words: readonly string[], least: number, most: number];

/** The legal moves of a seat: `picks[i]` enter move i, and where they are nil the move itself is the one pick. */
export interface Legal {
  readonly version: number;
  /** A text, a `NumberForm` or a `SubsetForm`. */
  readonly moves: readonly (string | readonly unknown[])[];
  readonly picks?: readonly (readonly string[] | null)[] | null;
}

export function isNumberForm(move: unknown): move is NumberForm {
  return Array.isArray(move) && move[0] === 'number';
}

export function isSubsetForm(move: unknown): move is SubsetForm {
  return Array.isArray(move) && move[0] === 'subset';
}
