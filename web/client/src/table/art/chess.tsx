/** Our own chess set: six turned figures, in a box from 0 to 100. */

const FOOT = 'M23 82h54a4 4 0 0 1 4 4v4a3 3 0 0 1-3 3H22a3 3 0 0 1-3-3v-4a4 4 0 0 1 4-4z';
const STEM = 'M30 82c7-9 11-20 12-36h16c1 16 5 27 12 36z';
const COLLAR = 'M35.5 41h29a3.5 3.5 0 0 1 0 7h-29a3.5 3.5 0 0 1 0-7z';

/** The parts of each figure, from back to front, and the lines drawn on it. */
const FIGURES: Record<string, { parts: readonly string[]; lines: string }> = {
  P: {
    parts: [
      'M32 82c7-8 11-18 12-30h12c1 12 5 22 12 30z',
      'M50 21a13.5 13.5 0 1 1 0 27 13.5 13.5 0 1 1 0-27z',
      'M38 47h24a3 3 0 0 1 0 6.5H38a3 3 0 0 1 0-6.5z',
      FOOT,
    ],
    lines: 'M43.5 31.5c1-2.5 3-4 5.5-4.5',
  },
  R: {
    parts: [
      'M31 82c5-10 6-22 6-38h26c0 16 1 28 6 38z',
      'M27.5 17h10v7.5h7.5V17h10v7.5h7.5V17h10v18L65 44H35l-7.5-9z',
      FOOT,
    ],
    lines: 'M36 44h28M41 52c0 9-1 16-3 23',
  },
  N: {
    parts: [
      'M31 82c0-13 8-20 15-29-6 2-10 4-13 8-3 3-8 3-10 0l-5-6c-2-3-1-6 1-9 5-6 9-12 12-18 2-6 5-9 10-11l1-10 8 8c17 2 27 17 28 38 0 11-2 21-4 29z',
      FOOT,
    ],
    lines: 'M34.5 32.5l4-1.5M21.5 53.5l2.5-1.5M56 24c8 7 12 18 11.5 33M46 53c4-3 6.5-6 7.5-10',
  },
  B: {
    parts: [
      STEM,
      'M50 13c10 8 15 15 13 22-1 4-3 6-5 7H42c-2-1-4-3-5-7-2-7 3-14 13-22z',
      'M50 5.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 1 1 0-9z',
      COLLAR,
      FOOT,
    ],
    lines: 'M55.5 20.5L48 32M46 54c-1 8-3 15-6 21',
  },
  Q: {
    parts: [
      STEM,
      'M39 42L26.5 20l13 8.5L42.5 13 50 26l7.5-13 3 15.5 13-8.5L61 42z',
      'M26 15a4 4 0 1 1 0 8 4 4 0 1 1 0-8zM42 8.5a4 4 0 1 1 0 8 4 4 0 1 1 0-8zM58 8.5a4 4 0 1 1 0 8 4 4 0 1 1 0-8zM74 15a4 4 0 1 1 0 8 4 4 0 1 1 0-8z',
      COLLAR,
      FOOT,
    ],
    lines: 'M39.5 36.5c7 2 14 2 21 0M46 54c-1 8-3 15-6 21',
  },
  K: {
    parts: [
      STEM,
      'M47.3 4h5.4v5.3H58v5.4h-5.3V22h-5.4v-7.3H42V9.3h5.3z',
      'M40 42l-7.5-17c4-4.5 10-6 17.5-6s13.5 1.5 17.5 6L60 42z',
      COLLAR,
      FOOT,
    ],
    lines: 'M37 27.5c8-3.5 18-3.5 26 0M46 54c-1 8-3 15-6 21',
  },
};

/** `wK` … `bP`. */
export function ChessPiece({ figure }: { figure: string }) {
  const [side, kind = ''] = figure;
  const { parts, lines } = FIGURES[kind] ?? { parts: [], lines: '' };
  return (
    <g class={`pt-chess pt-chess-${side}`} transform="translate(-47 -47) scale(.94)">
      {parts.map((d) => (
        <path d={d} />
      ))}
      <path class="pt-chess-line" d={lines} />
    </g>
  );
}
