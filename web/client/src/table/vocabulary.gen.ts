// Made by `make records` from the Python sources; changed there, never here.

/** Squares, `cols` wide and `rows` high. */
export interface Grid {
  readonly id: string;
  readonly cols: number;
  readonly rows: number;
  /** Left out, it is "plain". */
  readonly look?: 'plain' | 'checker' | 'lines' | 'felt' | 'holes' | 'sea';
  /** Left out, it is "". */
  readonly title?: string;
  /** Left out, it is "none". */
  readonly labels?: 'none' | 'letters' | 'numbers';
  /** Left out, it is false. */
  readonly by_file?: boolean;
  /** Left out, it is []. */
  readonly stars?: readonly string[];
  /** Left out, it is "". */
  readonly prefix?: string;
  readonly kind: 'grid';
}

/**
 * Six-sided places: a slanted board, or a large hexagon.
 *
 * `edges`: whose are the top and bottom edge, and the left and right one; as seats, `("0", "1")`.
 */
export interface Hex {
  readonly id: string;
  readonly cols: number;
  readonly rows: number;
  /** Left out, it is "rhombus". */
  readonly shape?: 'rhombus' | 'hexhex';
  /** Left out, it is "". */
  readonly title?: string;
  /** Left out, it is []. */
  readonly edges?: readonly string[];
  /** Left out, it is false. */
  readonly labels?: boolean;
  readonly kind: 'hex';
}

/**
 * Sites anywhere, and the lines between them: x from the left and y from the top; the nearest two are a piece apart.
 *
 * `bare`: the sites that have no dot.
 */
export interface Graph {
  readonly id: string;
  readonly sites: readonly (readonly [string, number, number])[];
  readonly edges: readonly (readonly [string, string])[];
  /** Left out, it is "". */
  readonly title?: string;
  /** Left out, it is []. */
  readonly bare?: readonly string[];
  readonly kind: 'graph';
}

/** Places one after the other. */
export interface Track {
  readonly id: string;
  readonly n: number;
  /** Left out, it is "line". */
  readonly layout?: 'backgammon' | 'line' | 'ring';
  /** Left out, it is "". */
  readonly title?: string;
  /** Left out, it is []. */
  readonly extra?: readonly string[];
  readonly kind: 'track';
}

/**
 * Pieces side by side (row), held (hand) or one on the other (pile).
 *
 * The zones of an `owner` that does not play are left out: see `seated`.
 */
export interface Lay {
  readonly kind: 'row' | 'hand' | 'pile';
  readonly id: string;
  /** Left out, it is "". */
  readonly title?: string;
  readonly owner?: number | null;
  /** Left out, it is false. */
  readonly small?: boolean;
}

/**
 * A table of texts, as for scores: pieces `text:…` in its cells.
 *
 * `sites` are the headings of its columns, from the left; without them it has none. What lies in column 0
 * is shown as the heading of its row. With `by_seat` the columns after it are those of the seats, and
 * are left out for seats that do not play: see `seated`.
 */
export interface Sheet {
  readonly id: string;
  readonly cols: number;
  readonly rows: number;
  /** Left out, it is "". */
  readonly title?: string;
  /** Left out, it is []. */
  readonly sites?: readonly string[];
  /** Left out, it is false. */
  readonly by_seat?: boolean;
  readonly kind: 'sheet';
}

export type Zone = Grid | Hex | Graph | Track | Lay | Sheet;

/**
 * The zones, in the order in which they are read.
 *
 * `flip` when a seat may want it turned round. It then is for the seat at the top, the first or the second one.
 */
export interface Table {
  readonly zones: readonly (Grid | Hex | Graph | Track | Lay | Sheet)[];
  /** Left out, it is false. */
  readonly flip?: boolean;
  /** Left out, it is 1. */
  readonly top?: number;
  readonly v: number;
}

/**
 * A thing at a place.
 *
 * `art` names its picture: `x o stone:0 disc:1 hexstone:0 draught:1k chess:wN d6:5 d6:? card:QH card:?
 * chip:25 ship hit miss text:…`. The number after stone, disc, hexstone and draught is the side; stone,
 * hexstone and draught 0 are dark and 1 light. `label` is what a screen reader says. The id of a hidden piece must
 * not let anyone follow it through a shuffle: number the hidden pieces of a place from 0.
 */
export interface Piece {
  readonly id: string;
  readonly at: string;
  readonly art: string;
  readonly label: string;
  readonly owner?: number | null;
  /** Left out, it is 1. */
  readonly n?: number;
}

/** An emphasis on a place, or from it to another: a `path` is an arrow, a `link` a bar, in the colour of who owns what lies at its beginning. */
export interface Mark {
  readonly at: string;
  readonly kind: 'last' | 'check' | 'win' | 'dead' | 'path' | 'link';
  readonly to?: string | null;
}

/** A number or word beside a seat: score, cards left. */
export interface Counter {
  readonly seat: number;
  readonly label: string;
  readonly value: string;
}

/** The line above the table: a stable key to translate by, and the English. */
export interface Status {
  readonly key: string;
  readonly text: string;
}

/**
 * What lies on the table, as one audience sees it.
 *
 * `turn`: the seats that owe a move. `done`: those that have finished, or are out, while others play on. `reach`:
 * of a hexhex, how far from the middle places are drawn, where not all are; what is said must lie within.
 */
export interface Scene {
  readonly status: Status;
  readonly turn: readonly number[];
  /** Left out, it is []. */
  readonly pieces?: readonly Piece[];
  /** Left out, it is []. */
  readonly marks?: readonly Mark[];
  /** Left out, it is []. */
  readonly counters?: readonly Counter[];
  /** Left out, it is []. */
  readonly done?: readonly number[];
  readonly reach?: number | null;
}
