/** What lies on a cloth, as one picture that scales as a whole. */

import { Art, formatOf, textOf } from './art/art';
import { isLay, type Model } from './model';
import type { Piece } from './vocabulary';

const WIDTH = 400;
const HEIGHT = 300;
const MARGIN = 30;
const GAP = 18;
const ROW_MAX = 900;
const SIZE_MAX = 0.8;

interface Heap {
  pieces: readonly Piece[];
  width: number;
  height: number;
  /** From one piece to the next. */
  step: number;
}

interface Row {
  heaps: Heap[];
  width: number;
  height: number;
}

export function ClothPicture({ model }: { model: Model }) {
  const heaps = model.zones.flatMap((zone) => {
    const pieces = isLay(zone) ? model.pieces.get(zone.id) : undefined;
    return pieces ? [heapOf(zone.kind === 'pile' ? pieces.slice(-1) : pieces)] : [];
  });
  const text = heaps.length ? [] : linesOf(model);
  const sheet = !text.length && model.zones.some((zone) => zone.kind === 'sheet' && zone.cols > 1);
  const rows = rowsOf(heaps.length || sheet || text.length ? heaps : [heapOf(EMBLEM)]);
  const room = WIDTH - 2 * MARGIN - (sheet ? SHEET + GAP : 0);
  const tall = rows.reduce((sum, { height }) => sum + height + GAP, -GAP);
  const wide = Math.max(1, ...rows.map(({ width }) => width));
  const scale = Math.min(SIZE_MAX, room / wide, (HEIGHT - 2 * MARGIN) / Math.max(1, tall));
  let y = -tall / 2;
  return (
    <svg class="pt-cloth-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <rect class="pt-cloth-rim" width={WIDTH} height={HEIGHT} rx="22" />
      <rect x="9" y="9" width={WIDTH - 18} height={HEIGHT - 18} rx="15" fill="url(#pt-felt)" />
      {sheet && <SheetPicture />}
      {text.length > 0 && <TextPicture lines={text} />}
      <g transform={`translate(${MARGIN + room / 2} ${HEIGHT / 2}) scale(${scale.toFixed(3)})`}>
        {rows.map((row) => {
          const middle = y + row.height / 2;
          y += row.height + GAP;
          return <RowPicture row={row} y={middle} />;
        })}
      </g>
    </svg>
  );
}

/** Before anything lies there. */
const EMBLEM: readonly Piece[] = ['card:?', 'card:?', 'd6:5'].map((art, i) => ({
  id: String(i),
  at: '',
  art,
  label: '',
}));

const SIZES = { card: [100, 140], square: [100, 100] } as const;

function sizeOf({ art }: Piece): readonly [width: number, height: number] {
  const format = formatOf(art);
  return format === 'text' ? [70 + 17 * textOf(art).slice(0, TEXT_MAX).length, 70] : SIZES[format];
}

function heapOf(pieces: readonly Piece[]): Heap {
  const sizes = pieces.map(sizeOf);
  const widest = Math.max(...sizes.map(([width]) => width));
  const covered = pieces.length > 2 && pieces.every(({ art }) => art === 'card:?');
  const step = Math.min(
    widest + 10,
    covered ? 26 : Number.POSITIVE_INFINITY,
    (ROW_MAX - widest) / Math.max(1, pieces.length - 1),
  );
  return {
    pieces,
    step,
    width: widest + step * (pieces.length - 1),
    height: Math.max(...sizes.map(([, height]) => height)),
  };
}

/** As many heaps side by side as have room. */
function rowsOf(heaps: readonly Heap[]): Row[] {
  const rows: Row[] = [];
  for (const heap of heaps) {
    const last = rows.at(-1);
    if (last && last.width + 3 * GAP + heap.width <= ROW_MAX * 0.7) {
      last.heaps.push(heap);
      last.width += 3 * GAP + heap.width;
      last.height = Math.max(last.height, heap.height);
    } else rows.push({ heaps: [heap], width: heap.width, height: heap.height });
  }
  return rows;
}

function RowPicture({ row, y }: { row: Row; y: number }) {
  let x = -row.width / 2;
  return (
    <>
      {row.heaps.map((heap) => {
        const left = x;
        x += heap.width + 3 * GAP;
        const first = left + (heap.width - heap.step * (heap.pieces.length - 1)) / 2;
        return heap.pieces.map((piece, i) => (
          <g transform={`translate(${(first + i * heap.step).toFixed(1)} ${y})`}>
            <PieceOrText piece={piece} />
          </g>
        ));
      })}
    </>
  );
}

const TEXT_MAX = 24;

function PieceOrText({ piece }: { piece: Piece }) {
  if (formatOf(piece.art) !== 'text') return <Art art={piece.art} owner={piece.owner} />;
  const [width, height] = sizeOf(piece);
  return (
    <>
      <rect class="pt-note" x={-width / 2} y={-height / 2} width={width} height={height} rx="16" />
      <text class="pt-note-text" dy=".36em">
        {textOf(piece.art).slice(0, TEXT_MAX)}
      </text>
    </>
  );
}

const LINES_MAX = 9;
const LETTERS_MAX = 32;

/** What a sheet with a single column says. */
function linesOf(model: Model): string[] {
  const sheet = model.zones.find((zone) => zone.kind === 'sheet' && zone.cols === 1);
  const rows =
    sheet?.kind === 'sheet' ? Array.from({ length: sheet.rows }, (_, row) => model.pieces.get(`${row}.0`)) : [];
  return rows.flatMap((pieces) => (pieces ? [pieces.map(({ art }) => textOf(art)).join(' ')] : [])).slice(0, LINES_MAX);
}

function TextPicture({ lines }: { lines: readonly string[] }) {
  return (
    <>
      <rect class="pt-note" x={MARGIN} y={MARGIN} width={WIDTH - 2 * MARGIN} height={HEIGHT - 2 * MARGIN} rx="10" />
      {lines.map((line, i) => (
        <text class="pt-note-mono" x={MARGIN + 14} y={MARGIN + 26 + i * 25}>
          {line.length > LETTERS_MAX ? `${line.slice(0, LETTERS_MAX - 1)}…` : line}
        </text>
      ))}
    </>
  );
}

const SHEET = 96;

function SheetPicture() {
  const x = WIDTH - MARGIN - SHEET;
  const lines = Array.from({ length: 8 }, (_, i) => `M${x + 10} ${MARGIN + 26 + i * 27}h${SHEET - 20}`).join('');
  return (
    <>
      <rect class="pt-note" x={x} y={MARGIN} width={SHEET} height={HEIGHT - 2 * MARGIN} rx="8" />
      <path class="pt-note-lines" d={`${lines}M${x + 56} ${MARGIN + 10}v${HEIGHT - 2 * MARGIN - 20}`} />
    </>
  );
}
