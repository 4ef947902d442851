import { describe, expect, test } from 'vitest';
import { beside, type Layout, layoutOf, stacked } from './geometry';
import type { Board } from './vocabulary';

const BOARDS: Record<string, Board> = {
  grid: { kind: 'grid', id: 'g', cols: 8, rows: 8, labels: 'letters', prefix: 'p' },
  rhombus: { kind: 'hex', id: 'h', cols: 5, rows: 4 },
  hexhex: { kind: 'hex', id: 'h', cols: 7, rows: 7, shape: 'hexhex' },
  graph: {
    kind: 'graph',
    id: 'g',
    sites: [
      ['a', 0, 0],
      ['b', 100, 0],
      ['c', 50, 80],
    ],
    edges: [['a', 'b']],
  },
  backgammon: { kind: 'track', id: 't', n: 24, layout: 'backgammon', extra: ['bar-0', 'bar-1', 'off-0', 'off-1'] },
  line: { kind: 'track', id: 't', n: 20, extra: ['home'] },
  ring: { kind: 'track', id: 't', n: 12, layout: 'ring', extra: ['hub'] },
};

function at(layout: Layout, place: string): { x: number; y: number } {
  const spot = layout.at.get(place);
  if (!spot) throw new Error(`no place ${place}`);
  return spot;
}

describe.each(Object.entries(BOARDS))('the places of a %s', (_, zone) => {
  test.each([{}, { flip: true }, { tall: true }, { flip: true, tall: true }])(
    'lie on the board and apart (%o)',
    (view) => {
      const layout = layoutOf(zone, view);
      const seen = new Set<string>();
      for (const { x, y, w, h } of layout.spots) {
        expect(x - w / 2).toBeGreaterThanOrEqual(-60);
        expect(x + w / 2).toBeLessThanOrEqual(layout.width + 60);
        expect(y - h / 2).toBeGreaterThanOrEqual(-60);
        expect(y + h / 2).toBeLessThanOrEqual(layout.height + 60);
        seen.add(`${Math.round(x)} ${Math.round(y)}`);
      }
      expect(seen.size).toBe(layout.spots.length);
    },
  );

  test('are turned round by a flip', () => {
    const [one, other] = [layoutOf(zone), layoutOf(zone, { flip: true })];
    for (const spot of one.spots) {
      expect(at(other, spot.place).x).toBeCloseTo(one.width - spot.x);
      expect(at(other, spot.place).y).toBeCloseTo(one.height - spot.y);
    }
  });

  test('are all reached by the arrow keys', () => {
    const layout = layoutOf(zone);
    const reached = new Set<string>();
    const queue = [layout.spots[0]?.place ?? ''];
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      for (const heading of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const)
        queue.push(beside(layout, place, heading));
    }
    expect(reached.size).toBe(layout.spots.length);
  });
});

describe('a board', () => {
  test('has a1 at the bottom left, and arrows go to the next square', () => {
    const layout = layoutOf({ kind: 'grid', id: 'g', cols: 8, rows: 8 });
    expect(at(layout, 'a1').y).toBeGreaterThan(at(layout, 'a8').y);
    expect(at(layout, 'a1').x).toBeLessThan(at(layout, 'h1').x);
    expect(beside(layout, 'e4', 'ArrowUp')).toBe('e5');
    expect(beside(layout, 'e4', 'ArrowRight')).toBe('f4');
    expect(beside(layout, 'a1', 'ArrowLeft')).toBe('a1');
    expect(beside(layoutOf({ kind: 'grid', id: 'g', cols: 8, rows: 8 }, { flip: true }), 'e4', 'ArrowUp')).toBe('e3');
  });

  test('of hexagons with equal sides leaves out its corners', () => {
    const layout = layoutOf(BOARDS['hexhex'] as Board);
    expect(layout.spots.length).toBe(37);
    expect(layout.at.has('a1')).toBe(false);
    expect(layout.at.has('d4')).toBe(true);
  });

  test('of hexagons is as small as the scene says', () => {
    const [all, few] = [undefined, 1].map((reach) => layoutOf(BOARDS['hexhex'] as Board, { reach }));
    expect(few?.spots.map(({ place }) => place)).toEqual(['d3', 'e3', 'c4', 'd4', 'e4', 'c5', 'd5']);
    expect(few?.width).toBe((all?.width ?? 0) - 400);
    expect(few?.at.get('d3')?.y).toBe(all?.at.get('d1')?.y);
  });

  test('stacks pieces within a point', () => {
    const layout = layoutOf(BOARDS['backgammon'] as Board);
    const spot = layout.spots.find(({ place }) => place === '24');
    if (!spot) throw new Error('no point');
    const stack = Array.from({ length: 12 }, (_, i) => stacked(layout, spot, i, 12).y);
    expect(Math.min(...stack)).toBeGreaterThanOrEqual(spot.y - spot.h / 2);
    expect(Math.max(...stack)).toBeLessThanOrEqual(spot.y + spot.h / 2);
    expect(new Set(stack).size).toBe(12);
  });
});
