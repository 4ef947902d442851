/** Boards of points joined by lines, and tracks. */

import './track.css';
import { type Props, Slab } from './ground';
import type { Graph, Track } from './vocabulary';

export function GraphGround({ zone, layout }: Props<Graph>) {
  const lines = zone.edges.map(([from, to]) => {
    const [a, b] = [layout.at.get(from), layout.at.get(to)];
    return a && b ? `M${a.x} ${a.y}L${b.x} ${b.y}` : '';
  });
  return (
    <g class="pt-ground pt-look-lines">
      <Slab layout={layout} fill="wood" grain />
      <path class="pt-lines pt-thick" d={lines.join('')} />
      {layout.spots.map(
        ({ place, x, y }) => !zone.bare?.includes(place) && <circle class="pt-star" cx={x} cy={y} r="17" />,
      )}
    </g>
  );
}

export function TrackGround({ zone, layout, labels }: Props<Track>) {
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
