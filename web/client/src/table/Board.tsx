/** A board: its ground, what lies on it, and what can be picked. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Art, formatOf } from './art/art';
import { Times } from './art/things';
import { corners, type Layout, type Spot, stacked } from './geometry';
import { Ground } from './ground';
import { type Hints, type Model, offerAt, pickedAt } from './model';
import type { Pickable } from './picks';
import { Still } from './Still';
import type { Board as BoardZone, Mark, Piece } from './vocabulary';

interface Props {
  zone: BoardZone;
  layout: Layout;
  model: Model;
  hints: Hints | null;
  labels: boolean;
  /** What lies over the drawing, to be touched. */
  children?: ComponentChildren;
}

export function Board({ zone, layout, model, hints, labels, children }: Props) {
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
      {children}
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
  const alarms = model.marks.filter((mark) => mark.kind === 'check');
  const last = model.marks.flatMap((mark) => (mark.kind === 'last' ? [mark.at, mark.to ?? ''] : []));
  const picked = hints ? layout.spots.filter((spot) => pickedAt(model, hints.picking, spot.place) !== null) : [];
  return (
    <g>
      {[...new Set(last)].map((place) => {
        const spot = layout.at.get(place);
        return spot && <Shade key={place} spot={spot} layout={layout} kind="last" />;
      })}
      {alarms.map((mark) => {
        const spot = layout.at.get(mark.at);
        return spot && <Alarm key={mark.at} spot={spot} />;
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
        <rect class="pt-corners" x={x - w / 2 + 4} y={y - h / 2 + 4} width={w - 8} height={h - 8} />
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
          const { x, y } = FLAT.test(piece.art) ? spot : stacked(layout, spot, i, there.length);
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

/** What lies within its place, whatever else does: a hit is on the ship. */
const FLAT = /^(ship|hit|miss)$/;

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
  if (mark.kind === 'last')
    return isRound(model.pieces.get(mark.at)?.at(-1)) ? <circle class="pt-last-dot" cx={x} cy={y} r="15" /> : null;
  const to = layout.at.get(mark.to ?? '');
  return to ? <Arrow from={spot} to={to} side={mark.kind === 'link' ? (model.pieces.get(mark.at)?.[0]?.owner ?? '') : null} /> : null;
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

/** From a place to another; of a side, or of none, a bar. */
function Arrow({ from, to, side }: { from: Spot; to: Spot; side: number | '' | null }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length < 1) return null;
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const shaft = round(length - 70);
  const bar = side !== null;
  return (
    <path
      class={bar ? `pt-link pt-side-${side}` : 'pt-arrow'}
      transform={`translate(${round(from.x)} ${round(from.y)}) rotate(${round(angle)})`}
      d={bar ? `M35-9h${shaft}v18H35z` : `M18-6h${shaft}v-13l30 19-30 19v-13h-${shaft}z`}
    />
  );
}
