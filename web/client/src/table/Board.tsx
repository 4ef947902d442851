/** A board: its ground, what lies on it, what can be picked, and over it the places that one touches. */

import { Component } from 'preact';
import { useState } from 'preact/hooks';
import { Art, formatOf } from './art/art';
import { beside, corners, isHeading, type Layout, type Spot, stacked } from './geometry';
import { Ground } from './ground';
import { type Model, offerAt, pickedAt } from './model';
import type { Pickable, Picking } from './picks';
import type { Board as BoardZone, Mark, Piece } from './vocabulary';
import type { Words } from './words';

export interface Hints {
  readonly can: Pickable;
  readonly picking: Picking;
  /** The picks of the move that has no answer yet. */
  readonly pending: readonly string[];
  readonly targets: boolean;
}

interface Props {
  zone: BoardZone;
  layout: Layout;
  model: Model;
  hints: Hints | null;
  labels: boolean;
  words: Words;
}

export function Board({ zone, layout, model, hints, labels, words }: Props) {
  const [over, setOver] = useState('');
  const files = hints && zone.kind === 'grid' && zone.by_file ? hints.can : null;
  const point = (event: PointerEvent) => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['place'] : undefined;
    setOver((place !== undefined && event.pointerType === 'mouse' && model.files.get(place)) || '');
  };
  const box = `0 0 ${round(layout.width)} ${round(layout.height)}`;
  const size = { '--pt-aspect': (layout.width / layout.height).toFixed(4), '--pt-places': placesAcross(layout) };
  return (
    <div
      class={`pt-board pt-${zone.kind} pt-board-${layout.shape}`}
      style={size}
      {...(files && { onPointerOver: point, onPointerLeave: () => setOver('') })}
    >
      <StillGround zone={zone} layout={layout} labels={labels} box={box} />
      <svg class="pt-layer" viewBox={box} aria-hidden="true" focusable="false">
        {files && <Files layout={layout} model={model} can={files} over={over} />}
        <Under layout={layout} model={model} hints={hints} />
        <Pieces layout={layout} model={model} pending={hints?.pending ?? NO_PICKS} />
        <Over layout={layout} model={model} hints={hints} />
      </svg>
      {hints && <Places zone={zone} layout={layout} model={model} hints={hints} words={words} />}
    </div>
  );
}

const NO_PICKS: readonly string[] = [];

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function placesAcross(layout: Layout): number {
  return Math.round(layout.width / 100);
}

/** Drawn again only when a prop is another. */
abstract class Still<P> extends Component<P> {
  override shouldComponentUpdate(next: Readonly<P>): boolean {
    const now = this.props as Record<string, unknown>;
    return Object.entries(next as Record<string, unknown>).some(([name, value]) => value !== now[name]);
  }
}

class StillGround extends Still<{ zone: BoardZone; layout: Layout; labels: boolean; box: string }> {
  override render() {
    const { zone, layout, labels, box } = this.props;
    return (
      <svg class="pt-layer" viewBox={box} aria-hidden="true" focusable="false">
        <Ground zone={zone} layout={layout} labels={labels} />
      </svg>
    );
  }
}

interface Layers {
  layout: Layout;
  model: Model;
  hints: Hints | null;
}

/** What lies beneath the pieces: the last move, an alarm, what is picked. */
function Under({ layout, model, hints }: Layers) {
  const marks = model.marks.filter((mark) => mark.kind === 'last' || mark.kind === 'check');
  const picked = hints ? layout.spots.filter((spot) => pickedAt(model, hints.picking, spot.place) !== null) : [];
  return (
    <g>
      {marks.map((mark) => {
        const spot = layout.at.get(mark.at);
        return (
          spot && (mark.kind === 'check' ? <Alarm spot={spot} /> : <Shade spot={spot} layout={layout} kind="last" />)
        );
      })}
      {picked.map((spot) => (
        <Shade spot={spot} layout={layout} kind="picked" />
      ))}
    </g>
  );
}

interface FilesProps {
  layout: Layout;
  model: Model;
  can: Pickable;
  over: string;
}

/** Whole files that can be picked: a wedge above each, and the one under the pointer in another light. */
function Files({ layout, model, can, over }: FilesProps) {
  const ends = new Map(layout.spots.map((spot) => [model.files.get(spot.place), spot] as const).toReversed());
  return (
    <g>
      {[...ends].map(([file, { x, y }]) =>
        file === undefined || !can.next.has(file) ? null : (
          <g key={file}>
            {file === over && (
              <rect
                class="pt-file"
                x={x - 50}
                y={y - 50}
                width="100"
                height={layout.height - 2 * layout.frame}
                rx="12"
              />
            )}
            <path class="pt-wedge" d={`M${x - 15} ${y - 82}h30l-15 22z`} />
          </g>
        ),
      )}
    </g>
  );
}

function Alarm({ spot }: { spot: Spot }) {
  return (
    <g>
      <circle cx={spot.x} cy={spot.y} r="62" fill="url(#pt-alarm)" />
      <circle class="pt-alarm-ring" cx={spot.x} cy={spot.y} r="45" />
    </g>
  );
}

/** A place in another light. */
function Shade({ spot, layout, kind }: { spot: Spot; layout: Layout; kind: string }) {
  const { x, y, w, h } = spot;
  const shade = `pt-shade pt-shade-${kind}`;
  if (layout.shape === 'hex')
    return (
      <path
        class={shade}
        d={`M${corners(spot, 0.97)
          .map((at) => at.join(' '))
          .join('L')}z`}
      />
    );
  if (layout.shape === 'point') return <circle class={shade} cx={x} cy={y} r="54" />;
  return (
    <g class={shade}>
      <rect x={x - w / 2} y={y - h / 2} width={w} height={h} />
      {kind === 'last' && (
        <path
          class="pt-corners"
          d={`M${x - w / 2 + 4} ${y - h / 2 + 22}v-18h18M${x + w / 2 - 22} ${y - h / 2 + 4}h18v18M${x + w / 2 - 4} ${y + h / 2 - 22}v18h-18M${x - w / 2 + 22} ${y + h / 2 - 4}h-18v-18`}
        />
      )}
    </g>
  );
}

interface PieceLayer {
  layout: Layout;
  model: Model;
  pending: readonly string[];
}

function Pieces({ layout, model, pending }: PieceLayer) {
  const ghost = ghostOf(layout, model, pending);
  return (
    <g>
      {layout.spots.map((spot) => {
        const there = model.pieces.get(spot.place);
        return there?.map((piece, i) => {
          const { x, y } = stacked(layout, spot, i, there.length);
          return <Lying key={piece.id} piece={piece} x={x} y={y} size={layout.size} faint={piece === ghost?.piece} />;
        });
      })}
      {ghost?.piece && (
        <Lying key="pending" piece={{ ...ghost.piece, id: '' }} x={ghost.x} y={ghost.y} size={layout.size} ghost />
      )}
      {ghost && !ghost.piece && <circle key="pending-ring" class="pt-pending" cx={ghost.x} cy={ghost.y} r="34" />}
    </g>
  );
}

interface Ghost {
  piece: Piece | null;
  x: number;
  y: number;
}

/** The move under way: the first piece picked, at the last place picked; nothing else is foretold. */
function ghostOf(layout: Layout, model: Model, pending: readonly string[]): Ghost | null {
  const places = pending.filter((pick) => layout.at.has(pick));
  const to = layout.at.get(places.at(-1) ?? '');
  if (!to) return null;
  const first = pending[0] ?? '';
  const on = model.pieces.get(first)?.at(-1);
  const piece =
    first === to.place ? null : (on ?? [...model.pieces.values()].flat().find(({ id }) => id === first) ?? null);
  return { piece, x: to.x, y: to.y };
}

interface LyingProps {
  piece: Piece;
  x: number;
  y: number;
  size: number;
  faint?: boolean;
  ghost?: boolean;
}

class Lying extends Still<LyingProps> {
  override render() {
    const { piece, x, y, size, faint, ghost } = this.props;
    const scale = (size / 100) * (formatOf(piece.art) === 'card' ? 0.7 : 1);
    const n = piece.n ?? 1;
    return (
      <g transform={`translate(${round(x)} ${round(y)})${scale === 1 ? '' : ` scale(${round(scale * 100) / 100})`}`}>
        <g class={`pt-piece${faint ? ' pt-faint' : ''}${ghost ? ' pt-ghost' : ''}`} data-id={piece.id || undefined}>
          <Art art={piece.art} owner={piece.owner} />
          {n > 1 && <Times n={n} />}
        </g>
      </g>
    );
  }
}

export function Times({ n }: { n: number }) {
  const text = `×${n}`;
  const wide = 22 + 13 * text.length;
  return (
    <g class="pt-times" transform="translate(28 32)">
      <rect x={-wide / 2} y="-18" width={wide} height="36" rx="18" />
      <text dy=".36em">{text}</text>
    </g>
  );
}

/** What lies above the pieces: targets, the winning row, the dead, the way that was gone. */
function Over({ layout, model, hints }: Layers) {
  return (
    <g>
      {hints?.targets && <Targets layout={layout} model={model} hints={hints} />}
      {model.marks.map((mark) => (
        <Sign mark={mark} layout={layout} model={model} />
      ))}
    </g>
  );
}

const MANY_PIECES = 6;
const MANY_PLACES = 40;

/** Dots on what can be picked next; at the first pick only where they are few enough to tell something. */
function Targets({ layout, model, hints }: { layout: Layout; model: Model; hints: Hints }) {
  const open = layout.spots.filter((spot) => {
    const offer = offerAt(model, hints.can, spot.place);
    return offer !== null && offer !== model.files.get(spot.place);
  });
  const taken = open.filter((spot) => model.pieces.has(spot.place));
  const first = hints.picking.picked.length === 0;
  const free = open.length - taken.length;
  const shown = open.filter(
    (spot) => !first || (model.pieces.has(spot.place) ? taken.length <= MANY_PIECES : free <= MANY_PLACES),
  );
  return (
    <>
      {shown.map((spot) => (
        <Target spot={spot} layout={layout} pieces={model.pieces.get(spot.place)?.length ?? 0} first={first} />
      ))}
    </>
  );
}

function Target({ spot, layout, pieces, first }: { spot: Spot; layout: Layout; pieces: number; first: boolean }) {
  const onTop = pieces > 0 && (first || !spot.stack);
  const { x, y } = onTop ? stacked(layout, spot, pieces - 1, pieces) : stacked(layout, spot, pieces, pieces + 1);
  const radius = (layout.size / 100) * 44;
  return (
    <g class={`pt-target${first ? ' pt-target-first' : ''}`}>
      {onTop ? (
        <circle class="pt-target-ring" cx={x} cy={y} r={radius} />
      ) : (
        <circle class="pt-target-dot" cx={x} cy={y} r="15" />
      )}
    </g>
  );
}

function Sign({ mark, layout, model }: { mark: Mark; layout: Layout; model: Model }) {
  const spot = layout.at.get(mark.at);
  if (!spot) return null;
  const { x, y } = spot;
  if (mark.kind === 'win') return <WinSign x={x} y={y} layout={layout} />;
  if (mark.kind === 'dead') return <path class="pt-dead" d={`M${x - 26} ${y - 26}l52 52M${x + 26} ${y - 26}l-52 52`} />;
  if (mark.kind === 'last' && layout.shape !== 'spike' && isRound(model.pieces.get(mark.at)?.at(-1)))
    return <circle class="pt-last-dot" cx={x} cy={y} r="15" />;
  const to = layout.at.get(mark.to ?? '');
  return to ? <Arrow from={spot} to={to} /> : null;
}

function isRound(piece: Piece | undefined): boolean {
  return piece !== undefined && /^stone:[01]$/.test(piece.art);
}

function WinSign({ x, y, layout }: { x: number; y: number; layout: Layout }) {
  const radius = layout.shape === 'hex' ? 43 : 46;
  return (
    <g class="pt-win">
      <circle class="pt-win-rim" cx={x} cy={y} r={radius} />
      <circle class="pt-win-ring" cx={x} cy={y} r={radius} />
    </g>
  );
}

function Arrow({ from, to }: { from: Spot; to: Spot }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 1) return null;
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const end = length - 22;
  return (
    <path
      class="pt-arrow"
      transform={`translate(${round(from.x)} ${round(from.y)}) rotate(${round(angle)})`}
      d={`M18-6h${round(end - 48)}v-13l30 19-30 19v-13h-${round(end - 48)}z`}
    />
  );
}

/** The places as a screen reader and a keyboard meet them. */
function Places({ zone, layout, model, hints, words }: Omit<Props, 'labels' | 'hints'> & { hints: Hints }) {
  const [focus, setFocus] = useState('');
  const first = hints.can.next.size ? layout.spots.find((spot) => offerAt(model, hints.can, spot.place)) : undefined;
  const here = layout.at.has(focus) ? focus : (first ?? layout.spots[0])?.place;
  const onKeyDown = (event: KeyboardEvent) => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['place'] : undefined;
    if (place === undefined || !isHeading(event.key)) return;
    event.preventDefault();
    const next = beside(layout, place, event.key);
    setFocus(next);
    placeElement(event.currentTarget, next)?.focus();
  };
  const onFocusIn = (event: FocusEvent) => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['place'] : undefined;
    if (place !== undefined) setFocus(place);
  };
  const grid = zone.kind === 'grid' || zone.kind === 'hex';
  const prefix = zone.kind === 'grid' ? (zone.prefix ?? '') : '';
  const cells = layout.spots.map((spot) => {
    const offer = offerAt(model, hints.can, spot.place);
    const picked = pickedAt(model, hints.picking, spot.place) !== null;
    const pieces = model.pieces.get(spot.place);
    return {
      row: spot.row,
      cell: (
        <Place
          key={spot.place}
          spot={spot}
          layout={layout}
          grid={grid}
          name={spoken(spot.place.slice(prefix.length), pieces, offer !== null, picked, words)}
          open={offer !== null}
          lift={offer !== null && pieces !== undefined && !hints.can.words.has(offer)}
          picked={picked}
          here={spot.place === here}
        />
      ),
    };
  });
  const name = zone.title || words.board;
  if (!grid)
    return (
      <ul class="pt-places" role="list" aria-label={name} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
        {cells.map(({ cell }) => cell)}
      </ul>
    );
  return (
    <div class="pt-places" role="grid" aria-label={name} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {rowsOf(cells).map((row) => (
        <div role="row">{row}</div>
      ))}
    </div>
  );
}

function rowsOf<C>(cells: readonly { row: number; cell: C }[]): C[][] {
  const rows = new Map<number, C[]>();
  for (const { row, cell } of cells) rows.set(row, [...(rows.get(row) ?? []), cell]);
  return [...rows.entries()].toSorted(([one], [other]) => one - other).map(([, row]) => row);
}

export function placeElement(within: EventTarget | null, place: string): HTMLElement | null {
  return within instanceof Element ? within.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`) : null;
}

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

interface PlaceProps {
  spot: Spot;
  layout: Layout;
  grid: boolean;
  name: string;
  open: boolean;
  lift: boolean;
  picked: boolean;
  here: boolean;
}

class Place extends Still<PlaceProps> {
  override render() {
    const { spot, layout, grid, name, open, lift, picked, here } = this.props;
    const place = {
      class: 'pt-place',
      'data-place': spot.place,
      'data-open': open || undefined,
      'data-lift': lift || undefined,
      'data-picked': picked || undefined,
      tabindex: here ? 0 : -1,
      'aria-label': name,
      style: {
        left: percent(spot.x - spot.w / 2, layout.width),
        top: percent(spot.y - spot.h / 2, layout.height),
        width: percent(spot.w, layout.width),
        height: percent(spot.h, layout.height),
      },
    };
    if (grid) return <div role="gridcell" aria-selected={picked} {...place} />;
    return (
      <li>
        <button type="button" aria-disabled={!open} aria-pressed={picked} {...place} />
      </li>
    );
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(3)}%`;
}
