/** What a board is made of: wood, felt, paper, sea. Drawn once for each zone. */

import { loaded, Nothing } from '../loaded';
import { fileName, type Layout, squareName, type Spot, UNIT } from './geometry';
import type { Board, Grid } from './vocabulary';

/** Most boards are grids. */
export const HexGround = loaded(() => import('./HexGround').then((module) => module.HexGround), Nothing);
export const GraphGround = loaded(() => import('./TrackGround').then((module) => module.GraphGround), Nothing);
export const TrackGround = loaded(() => import('./TrackGround').then((module) => module.TrackGround), Nothing);

export interface Props<Z> {
  zone: Z;
  layout: Layout;
  labels: boolean;
}

export function Ground({ zone, layout, labels }: Props<Board>) {
  if (zone.kind === 'grid') return <GridGround zone={zone} layout={layout} labels={labels} />;
  if (zone.kind === 'hex') return <HexGround zone={zone} layout={layout} labels={labels} />;
  if (zone.kind === 'graph') return <GraphGround zone={zone} layout={layout} labels={labels} />;
  return <TrackGround zone={zone} layout={layout} labels={labels} />;
}

export function Slab({ layout, fill, grain }: { layout: Layout; fill: string; grain?: boolean }) {
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
