/** Boards of hexagons. */

import './hex.css';
import { corners, fileName, type Layout, squareName } from './geometry';
import type { Props } from './ground';
import type { Hex } from './vocabulary';

export function HexGround({ zone, layout, labels }: Props<Hex>) {
  const cells = layout.spots.map((spot) => outline(corners(spot, 0.97))).join('');
  return (
    <g class="pt-ground pt-look-hex">
      {zone.shape !== 'hexhex' && <HexEdges zone={zone} layout={layout} />}
      <path class="pt-hex-bed" d={layout.spots.map((spot) => outline(corners(spot, 1.01))).join('')} />
      <path class="pt-hex" d={cells} />
      {labels && zone.labels && <HexLabels zone={zone} layout={layout} />}
    </g>
  );
}

function outline(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}z`;
}

/** The corners along each border of a slanted board, going clockwise from the top. */
const BORDERS = { top: [5, 0, 1], right: [0, 1, 2], bottom: [2, 3, 4], left: [3, 4, 5] } as const;

/** How far the corners are turned where the board stands upright or is flipped. */
function turnOf(zone: Hex, layout: Layout): number {
  const [a, b] = [layout.at.get(squareName(0, 0)), layout.at.get(squareName(1, 0))];
  if (!a || !b || zone.cols < 2) return 0;
  return Math.round(Math.atan2(b.y - a.y, b.x - a.x) / (Math.PI / 3));
}

function HexEdges({ zone, layout }: { zone: Hex; layout: Layout }) {
  const turn = turnOf(zone, layout);
  const [ends = '0', sides = '1'] = zone.edges ?? [];
  if (!zone.edges?.length) return null;
  const along = (names: readonly string[], corner: readonly number[]) =>
    `M${names
      .flatMap((name) => {
        const spot = layout.at.get(name);
        const points = spot ? corners(spot, 1.02) : [];
        return corner
          .map((i) => points[(((i + turn) % 6) + 6) % 6])
          .map((point) => point?.map((at) => at.toFixed(1)).join(' '));
      })
      .join('L')}`;
  const files = Array.from({ length: zone.cols }, (_, i) => i);
  const ranks = Array.from({ length: zone.rows }, (_, i) => i);
  const borders = [
    {
      side: ends,
      d: along(
        files.map((file) => squareName(file, 0)),
        BORDERS.top,
      ),
    },
    {
      side: sides,
      d: along(
        ranks.map((rank) => squareName(zone.cols - 1, rank)),
        BORDERS.right,
      ),
    },
    { side: ends, d: along(files.map((file) => squareName(file, zone.rows - 1)).toReversed(), BORDERS.bottom) },
    { side: sides, d: along(ranks.map((rank) => squareName(0, rank)).toReversed(), BORDERS.left) },
  ];
  return (
    <>
      {borders.map(({ side, d }) => (
        <>
          <path class="pt-edge pt-edge-rim" d={d} />
          <path class={`pt-edge pt-edge-${Number(side.replace(/\D/g, '')) % 8}`} d={d} />
        </>
      ))}
    </>
  );
}

function HexLabels({ zone, layout }: { zone: Hex; layout: Layout }) {
  const at = (name: string) => layout.at.get(name);
  const [first, second, below] = [at(squareName(0, 0)), at(squareName(1, 0)), at(squareName(0, 1))];
  if (!first || !second || !below) return null;
  const [fx, fy] = [(second.x - first.x) * 0.86, (second.y - first.y) * 0.86];
  const [rx, ry] = [(below.x - first.x) * 0.86, (below.y - first.y) * 0.86];
  const files = Array.from({ length: zone.cols }, (_, file) => ({
    spot: at(squareName(file, 0)),
    name: fileName(file),
    dx: -rx,
    dy: -ry,
  }));
  const ranks = Array.from({ length: zone.rows }, (_, rank) => ({
    spot: at(squareName(0, rank)),
    name: String(rank + 1),
    dx: -fx,
    dy: -fy,
  }));
  return (
    <g class="pt-labels" style={{ fontSize: '34px' }}>
      {[...files, ...ranks].map(
        ({ spot, name, dx, dy }) =>
          spot && (
            <text x={spot.x + dx} y={spot.y + dy} dy=".36em">
              {name}
            </text>
          ),
      )}
    </g>
  );
}
