/** What a board is made of: wood, felt, paper, sea. Drawn once for each zone. */

import { corners, fileName, type Layout, squareName, type Spot, UNIT } from './geometry';
import type { Board, Graph, Grid, Hex, Track } from './vocabulary';

interface Props<Z> {
  zone: Z;
  layout: Layout;
  labels: boolean;
}

export function Ground({ zone, layout, labels }: Props<Board>) {
  if (zone.kind === 'grid') return <GridGround zone={zone} layout={layout} labels={labels} />;
  if (zone.kind === 'hex') return <HexGround zone={zone} layout={layout} labels={labels} />;
  if (zone.kind === 'graph') return <GraphGround zone={zone} layout={layout} />;
  return <TrackGround zone={zone} layout={layout} labels={labels} />;
}

function Slab({ layout, fill, grain }: { layout: Layout; fill: string; grain?: boolean }) {
  const { width, height } = layout;
  return (
    <>
      <rect width={width} height={height} rx="14" fill={`url(#pt-${fill})`} />
      {grain && <rect width={width} height={height} rx="14" fill="url(#pt-grain)" />}
    </>
  );
}

/** The board within its frame. */
function inner(layout: Layout): { x: number; y: number; width: number; height: number } {
  const { frame } = layout;
  return { x: frame, y: frame, width: layout.width - 2 * frame, height: layout.height - 2 * frame };
}

function GridGround({ zone, layout, labels }: Props<Grid>) {
  const { look = 'plain' } = zone;
  const within = inner(layout);
  return (
    <g class={`pt-ground pt-look-${look}`}>
      {look === 'lines' && <Slab layout={layout} fill="wood" grain />}
      {(look === 'checker' || look === 'felt') && <Slab layout={layout} fill="walnut" grain />}
      {look === 'plain' && <rect class="pt-paper" width={layout.width} height={layout.height} rx="14" />}
      {look === 'holes' && <Slab layout={layout} fill="rack" />}
      {look === 'sea' && <rect class="pt-shore" width={layout.width} height={layout.height} rx="14" />}
      {look === 'checker' && <Checker zone={zone} layout={layout} />}
      {look === 'felt' && (
        <>
          <rect {...within} fill="url(#pt-felt)" />
          <rect {...within} fill="url(#pt-weave)" />
        </>
      )}
      {look === 'sea' && (
        <>
          <rect {...within} rx="6" fill="url(#pt-sea)" />
          <rect {...within} rx="6" fill="url(#pt-waves)" />
        </>
      )}
      {look === 'holes' ? (
        layout.spots.map(({ x, y }) => <circle class="pt-hole" cx={x} cy={y} r="42" />)
      ) : look !== 'checker' ? (
        <path class="pt-lines" d={look === 'lines' ? crossings(zone, layout) : edges(zone, layout)} />
      ) : null}
      {zone.stars?.map((place) => (
        <Star spot={layout.at.get(place)} look={look} />
      ))}
      {labels && <GridLabels zone={zone} layout={layout} />}
    </g>
  );
}

function Star({ spot, look }: { spot: Spot | undefined; look: string }) {
  if (!spot) return null;
  const corner = look === 'felt' ? UNIT / 2 : 0;
  return <circle class="pt-star" cx={spot.x + corner} cy={spot.y + corner} r={look === 'lines' ? 11 : 9} />;
}

function Checker({ zone, layout }: { zone: Grid; layout: Layout }) {
  const dark: string[] = [];
  for (let file = 0; file < zone.cols; file++)
    for (let rank = file % 2; rank < zone.rows; rank += 2) {
      const spot = layout.at.get((zone.prefix ?? '') + squareName(file, rank));
      if (spot) dark.push(`M${spot.x - 50} ${spot.y - 50}h100v100h-100z`);
    }
  const within = inner(layout);
  return (
    <>
      <rect class="pt-light" {...within} />
      <path class="pt-dark" d={dark.join('')} />
      <rect {...within} fill="url(#pt-grain)" opacity=".45" />
    </>
  );
}

function crossings({ cols, rows }: Grid, { frame }: Layout): string {
  const start = frame + UNIT / 2;
  const [right, down] = [(cols - 1) * UNIT, (rows - 1) * UNIT];
  return ruled(cols, rows, start, start, right, down);
}

function edges({ cols, rows, look }: Grid, { frame }: Layout): string {
  const open = look === 'plain' || look === undefined;
  if (!open) return ruled(cols + 1, rows + 1, frame, frame, cols * UNIT, rows * UNIT);
  const across = Array.from(
    { length: rows - 1 },
    (_, i) => `M${frame + 6} ${frame + (i + 1) * UNIT}h${cols * UNIT - 12}`,
  );
  const along = Array.from(
    { length: cols - 1 },
    (_, i) => `M${frame + (i + 1) * UNIT} ${frame + 6}v${rows * UNIT - 12}`,
  );
  return [...across, ...along].join('');
}

function ruled(cols: number, rows: number, x: number, y: number, right: number, down: number): string {
  const across = Array.from({ length: rows }, (_, i) => `M${x} ${y + i * UNIT}h${right}`);
  const along = Array.from({ length: cols }, (_, i) => `M${x + i * UNIT} ${y}v${down}`);
  return [...across, ...along].join('');
}

/** Letters below and numbers at the left; on a checkered board in the corners of the squares. */
function GridLabels({ zone, layout }: { zone: Grid; layout: Layout }) {
  const { prefix = '', labels = 'none', look = 'plain' } = zone;
  if (labels === 'none') return null;
  const within = look === 'checker';
  const size = within ? 20 : Math.min(layout.frame * 0.6, 40);
  const bottom = layout.flip ? zone.rows - 1 : 0;
  const left = layout.flip ? zone.cols - 1 : 0;
  const files = Array.from({ length: zone.cols }, (_, file) => {
    const spot = layout.at.get(prefix + squareName(file, bottom));
    const name = labels === 'numbers' ? String(file + 1) : fileName(file);
    return (
      spot && {
        name,
        dark: (file + bottom) % 2 === 0,
        x: within ? spot.x + 40 : spot.x,
        y: within ? spot.y + 44 : layout.height - layout.frame / 2,
      }
    );
  });
  const ranks = Array.from({ length: labels === 'letters' ? zone.rows : 0 }, (_, rank) => {
    const spot = layout.at.get(prefix + squareName(left, rank));
    return (
      spot && {
        name: String(rank + 1),
        dark: (left + rank) % 2 === 0,
        x: within ? spot.x - 40 : layout.frame / 2,
        y: within ? spot.y - 34 : spot.y,
      }
    );
  });
  return (
    <g class="pt-labels" style={{ fontSize: `${size}px` }}>
      {[...files, ...ranks].map(
        (label) =>
          label && (
            <text
              class={within ? (label.dark ? 'pt-on-dark' : 'pt-on-light') : undefined}
              x={label.x}
              y={label.y}
              dy={within ? undefined : '.36em'}
            >
              {label.name}
            </text>
          ),
      )}
    </g>
  );
}

function HexGround({ zone, layout, labels }: Props<Hex>) {
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
export function turnOf(zone: Hex, layout: Layout): number {
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

function GraphGround({ zone, layout }: { zone: Graph; layout: Layout }) {
  const lines = zone.edges.map(([from, to]) => {
    const [a, b] = [layout.at.get(from), layout.at.get(to)];
    return a && b ? `M${a.x} ${a.y}L${b.x} ${b.y}` : '';
  });
  return (
    <g class="pt-ground pt-look-lines">
      <Slab layout={layout} fill="wood" grain />
      <path class="pt-lines pt-thick" d={lines.join('')} />
      {layout.spots.map(({ x, y }) => (
        <circle class="pt-star" cx={x} cy={y} r="17" />
      ))}
    </g>
  );
}

function TrackGround({ zone, layout, labels }: Props<Track>) {
  if (zone.layout === 'backgammon') return <Backgammon zone={zone} layout={layout} labels={labels} />;
  const round = zone.layout === 'ring';
  return (
    <g class="pt-ground pt-look-track">
      {round ? (
        <circle class="pt-paper" cx={layout.width / 2} cy={layout.height / 2} r={layout.width / 2} />
      ) : (
        <rect class="pt-paper" width={layout.width} height={layout.height} rx="22" />
      )}
      {layout.spots.map(({ x, y, place }) => (
        <>
          {round ? (
            <circle class="pt-well" cx={x} cy={y} r="45" />
          ) : (
            <rect class="pt-well" x={x - 45} y={y - 45} width="90" height="90" rx="16" />
          )}
          {labels && (
            <text class="pt-well-name" x={x} y={y + 38}>
              {place}
            </text>
          )}
        </>
      ))}
    </g>
  );
}

function Backgammon({ zone, layout, labels }: Props<Track>) {
  const { frame, width, height } = layout;
  const points = layout.spots.filter((spot) => Number(spot.place) >= 1);
  const others = layout.spots.filter((spot) => !points.includes(spot));
  return (
    <g class="pt-ground pt-look-backgammon">
      <Slab layout={layout} fill="walnut" grain />
      <rect x={frame} y={frame} width={width - 2 * frame} height={height - 2 * frame} fill="url(#pt-felt)" />
      <rect x={frame} y={frame} width={width - 2 * frame} height={height - 2 * frame} fill="url(#pt-weave)" />
      {points.map(({ x, y, h, place, stack = 1 }) => {
        const base = y - (stack * h) / 2;
        return (
          <path
            class={`pt-spike-${(Number(place) + (zone.n > 12 ? 0 : 1)) % 2}`}
            d={`M${x - 48} ${base}h96L${x} ${base + stack * h * 0.9}z`}
          />
        );
      })}
      {others.map(({ x, w }) => (
        <rect fill="url(#pt-walnut)" x={x - w / 2 - 4} y={frame} width={w + 8} height={height - 2 * frame} />
      ))}
      {others.map(
        ({ x, y, w, h, place }) =>
          !place.startsWith('bar') && (
            <rect class="pt-tray" x={x - w / 2 + 2} y={y - h / 2 + 4} width={w - 4} height={h - 8} rx="10" />
          ),
      )}
      {labels && (
        <g class="pt-labels pt-on-walnut" style={{ fontSize: '24px' }}>
          {points.map(({ x, place, y }) => (
            <text x={x} y={y < height / 2 ? frame / 2 : height - frame / 2} dy=".36em">
              {place}
            </text>
          ))}
        </g>
      )}
    </g>
  );
}
