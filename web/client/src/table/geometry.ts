/** Where the places of a board are: pure arithmetic, in units of which a square has 100. */

import type { Board, Graph, Grid, Hex, Track } from './vocabulary';

export const UNIT = 100;

export interface Spot {
  readonly place: string;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  /** What can be touched. */
  readonly w: number;
  readonly h: number;
  /** Row and column as they are read, from the top left. */
  readonly row: number;
  readonly col: number;
  /** Which way pieces are stacked on it: 1 down, -1 up, 0 not at all. */
  readonly stack?: 1 | -1;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly spots: readonly Spot[];
  readonly at: ReadonlyMap<string, Spot>;
  readonly shape: 'square' | 'hex' | 'point' | 'spike';
  /** The size of a piece. */
  readonly size: number;
  readonly frame: number;
  /** Turned round. */
  readonly flip: boolean;
}

export interface View {
  flip?: boolean;
  /** The screen is narrow: boards may stand upright. */
  tall?: boolean;
  /** Of a large hexagon, how far from the middle places are drawn. */
  reach?: number | null | undefined;
}

export function layoutOf(zone: Board, { flip = false, tall = false, reach }: View = {}): Layout {
  const layout = laid(zone, tall, reach);
  if (!flip) return layout;
  const turned = layout.spots.map((spot) => ({
    ...spot,
    x: layout.width - spot.x,
    y: layout.height - spot.y,
    row: -spot.row,
    col: -spot.col,
    ...(spot.stack && { stack: -spot.stack as 1 | -1 }),
  }));
  return placed({ ...layout, spots: turned, flip });
}

function laid(zone: Board, tall: boolean, reach: View['reach']): Layout {
  if (zone.kind === 'grid') return gridLayout(zone);
  if (zone.kind === 'hex') return hexLayout(zone, tall, reach);
  if (zone.kind === 'graph') return graphLayout(zone);
  return trackLayout(zone, tall);
}

function placed(layout: Omit<Layout, 'at'>): Layout {
  return { ...layout, at: new Map(layout.spots.map((spot) => [spot.place, spot])) };
}

/** The letter of a file, counted from 0: a … z, aa, ab … */
export function fileName(file: number): string {
  return (file >= 26 ? fileName(Math.floor(file / 26) - 1) : '') + String.fromCharCode(97 + (file % 26));
}

export function squareName(file: number, rank: number): string {
  return `${fileName(file)}${rank + 1}`;
}

function gridLayout(zone: Grid): Layout {
  const { cols, rows, prefix = '', look = 'plain' } = zone;
  const frame =
    look === 'checker' || zone.labels === 'none' || !zone.labels ? 16 : Math.max(46, Math.max(cols, rows) * 2.6);
  const spots: Spot[] = [];
  for (let rank = rows - 1; rank >= 0; rank--)
    for (let file = 0; file < cols; file++) {
      const row = rows - 1 - rank;
      const [x, y] = [frame + (file + 0.5) * UNIT, frame + (row + 0.5) * UNIT];
      spots.push({ place: prefix + squareName(file, rank), x, y, w: UNIT, h: UNIT, row, col: file });
    }
  const [width, height] = [2 * frame + cols * UNIT, 2 * frame + rows * UNIT];
  return placed({ width, height, spots, shape: 'square', size: UNIT, frame, flip: false });
}

/** The whole-file pick of a place, where the grid has them. */
export function fileOf(zone: Grid, spot: Spot, flip: boolean): string | null {
  if (!zone.by_file) return null;
  return `${zone.prefix ?? ''}${(flip ? -spot.col : spot.col) + 1}`;
}

const HEX_HEIGHT = UNIT / Math.cos(Math.PI / 6);
const HEX_STEP = (UNIT * Math.sqrt(3)) / 2;

/** Six-sided places; the first rank is at the top, and each further one half a place to the right. */
function hexLayout(zone: Hex, tall: boolean, reach: View['reach']): Layout {
  const { cols, rows, shape = 'rhombus' } = zone;
  const frame = zone.labels ? 60 : 36;
  const upright = tall && shape === 'rhombus';
  const cells: { place: string; x: number; y: number; row: number; col: number }[] = [];
  const middle = (cols - 1) / 2;
  for (let rank = 0; rank < rows; rank++)
    for (let file = 0; file < cols; file++) {
      const [right, down] = [file - middle, rank - middle];
      const far = Math.max(Math.abs(right), Math.abs(down), Math.abs(right + down));
      if (shape === 'hexhex' && far > (reach ?? middle)) continue;
      const x = upright ? (file - rank) * (UNIT / 2) : file * UNIT + rank * (UNIT / 2);
      const y = upright ? (file + rank) * HEX_STEP : rank * HEX_STEP;
      cells.push({ place: squareName(file, rank), x, y, row: rank, col: file });
    }
  const left = Math.min(...cells.map((cell) => cell.x)) - UNIT / 2 - frame;
  const top = Math.min(...cells.map((cell) => cell.y)) - HEX_HEIGHT / 2 - frame;
  const spots = cells.map((cell) => ({
    ...cell,
    x: cell.x - left,
    y: cell.y - top,
    w: UNIT,
    h: HEX_HEIGHT,
  }));
  const width = Math.max(...spots.map((spot) => spot.x)) + UNIT / 2 + frame;
  const height = Math.max(...spots.map((spot) => spot.y)) + HEX_HEIGHT / 2 + frame;
  return placed({ width, height, spots, shape: 'hex', size: UNIT, frame, flip: false });
}

/** The six corners of a hexagonal place, from the top, clockwise. */
export function corners({ x, y }: { x: number; y: number }, scale = 1): [number, number][] {
  const radius = (HEX_HEIGHT / 2) * scale;
  return [0, 1, 2, 3, 4, 5].map((i) => {
    const angle = ((i - 1.5) * Math.PI) / 3;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Sites where they were said to be, spread so that the nearest two are a piece apart. */
function graphLayout(zone: Graph): Layout {
  const sites = zone.sites;
  const apart = Math.min(
    50,
    ...sites.flatMap(([, x, y], i) => sites.slice(i + 1).map(([, u, v]) => Math.hypot(x - u, y - v))),
  );
  const scale = Math.min(Math.max(115 / Math.max(apart, 1), 6), 40);
  const frame = 80;
  const xs = sites.map(([, x]) => x);
  const ys = sites.map(([, , y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const spots = sites.map(([place, x, y]) => {
    const [row, col] = [Math.round(y), Math.round(x)];
    return { place, x: frame + (x - left) * scale, y: frame + (y - top) * scale, w: 110, h: 110, row, col };
  });
  const width = 2 * frame + (Math.max(...xs) - left) * scale;
  const height = 2 * frame + (Math.max(...ys) - top) * scale;
  return placed({ width, height, spots, shape: 'point', size: UNIT, frame, flip: false });
}

function trackLayout(zone: Track, tall: boolean): Layout {
  if (zone.layout === 'backgammon') return backgammonLayout(zone);
  if (zone.layout === 'ring') return ringLayout(zone);
  return lineLayout(zone, tall);
}

/** Points run from the bottom right to the left and back along the top; `bar…` in the middle, others at the right. */
function backgammonLayout(zone: Track): Layout {
  const frame = 30;
  const half = zone.n / 2;
  const quarter = half / 2;
  const [tall, gap] = [470, 90];
  const bar = 104;
  const extra = zone.extra ?? [];
  const trays = extra.filter((place) => !place.startsWith('bar'));
  const bars = extra.filter((place) => place.startsWith('bar'));
  const width = 2 * frame + half * UNIT + bar + (trays.length ? bar + 10 : 0);
  const height = 2 * frame + 2 * tall + gap;
  const spots: Spot[] = [];
  for (let number = 1; number <= zone.n; number++) {
    const top = number > half;
    const col = top ? number - half - 1 : half - number;
    const x = frame + (col + 0.5) * UNIT + (col >= quarter ? bar : 0);
    const y = top ? frame + tall / 2 : height - frame - tall / 2;
    spots.push({
      place: String(number),
      x,
      y,
      w: UNIT,
      h: tall,
      row: top ? 0 : 1,
      col: col + (col >= quarter ? 1 : 0),
      stack: top ? 1 : -1,
    });
  }
  const put = (places: readonly string[], x: number, col: number, away: boolean) =>
    places.forEach((place, i) => {
      const bottom = i % 2 === 0;
      const inner = away ? bottom : !bottom;
      const y = bottom ? height - frame - tall / 2 : frame + tall / 2;
      spots.push({ place, x, y, w: bar - 6, h: tall, row: bottom ? 1 : 0, col, stack: inner ? -1 : 1 });
    });
  put(bars, frame + quarter * UNIT + bar / 2, quarter, true);
  put(trays, width - frame - bar / 2, half + 1, true);
  spots.sort((one, other) => one.row - other.row || one.col - other.col);
  return placed({ width, height, spots, shape: 'spike', size: 92, frame, flip: false });
}

const LINE_WRAPS_AT = { wide: 13, tall: 7 };

/** Places one after the other, in rows that are read from the left; places beside the track come last. */
function lineLayout(zone: Track, tall: boolean): Layout {
  const frame = 16;
  const names = [...numbered(zone.n), ...(zone.extra ?? [])];
  const wraps = Math.min(names.length, tall ? LINE_WRAPS_AT.tall : LINE_WRAPS_AT.wide);
  const spots = names.map((place, i) => {
    const [row, col] = [Math.floor(i / wraps), i % wraps];
    return { place, x: frame + (col + 0.5) * UNIT, y: frame + (row + 0.5) * UNIT, w: UNIT, h: UNIT, row, col };
  });
  const rows = Math.ceil(names.length / wraps);
  const [width, height] = [2 * frame + wraps * UNIT, 2 * frame + rows * UNIT];
  return placed({ width, height, spots, shape: 'square', size: UNIT, frame, flip: false });
}

/** Places round a circle, clockwise from the top; the extra ones in a row within it. */
function ringLayout(zone: Track): Layout {
  const frame = 20;
  const radius = Math.max(130, (zone.n * 112) / (2 * Math.PI));
  const middle = frame + radius + UNIT / 2;
  const spots: Spot[] = numbered(zone.n).map((place, i) => {
    const angle = (2 * Math.PI * i) / zone.n - Math.PI / 2;
    const [x, y] = [middle + radius * Math.cos(angle), middle + radius * Math.sin(angle)];
    return { place, x, y, w: UNIT, h: UNIT, row: Math.round(y), col: Math.round(x) };
  });
  const extra = zone.extra ?? [];
  extra.forEach((place, i) => {
    const x = middle + (i - (extra.length - 1) / 2) * (UNIT + 10);
    spots.push({ place, x, y: middle, w: UNIT, h: UNIT, row: Math.round(middle), col: Math.round(x) });
  });
  return placed({ width: 2 * middle, height: 2 * middle, spots, shape: 'point', size: UNIT, frame, flip: false });
}

function numbered(n: number): string[] {
  return Array.from({ length: n }, (_, i) => String(i + 1));
}

export type Heading = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const WAYS: Record<Heading, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function isHeading(key: string): key is Heading {
  return key in WAYS;
}

/** The place that the eye finds next in that direction: near, and more ahead than aside. */
export function beside(layout: Layout, place: string, heading: Heading): string {
  const from = layout.at.get(place);
  if (!from) return layout.spots[0]?.place ?? place;
  const [right, down] = WAYS[heading];
  let [best, least] = [place, Number.POSITIVE_INFINITY];
  for (const spot of layout.spots) {
    const [dx, dy] = [spot.x - from.x, spot.y - from.y];
    const ahead = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (ahead < 1 || aside > 2 * ahead) continue;
    const far = ahead + 2.2 * aside;
    if (far < least) [best, least] = [spot.place, far];
  }
  return best;
}

const STACK_MAX = 5;

/** Where the piece number `i` of `count` at a place lies, from the middle of the place. */
export function stacked(layout: Layout, spot: Spot, i: number, count: number): { x: number; y: number } {
  if (spot.stack) {
    const room = spot.h - layout.size;
    const step = Math.min(layout.size * 0.96, count > STACK_MAX ? room / (count - 1) : layout.size);
    return { x: spot.x, y: spot.y + spot.stack * (-room / 2 + step * i) };
  }
  if (count === 1) return { x: spot.x, y: spot.y };
  const step = Math.min(16, 34 / (count - 1));
  return { x: spot.x + step * (i - (count - 1) / 2), y: spot.y - step * (i - (count - 1) / 2) };
}
