/** Our own chess set: six turned figures, in a box from 0 to 100. */

const FOOT = 'M22 81h56a4 4 0 0 1 4 4v6a3 3 0 0 1-3 3H21a3 3 0 0 1-3-3v-6a4 4 0 0 1 4-4z';
const STEM = 'M28 81c7-9 10-18 10-30h24c0 12 3 21 10 30z';
const COLLAR = 'M34 45h32a4 4 0 0 1 0 8H34a4 4 0 0 1 0-8z';
const LIGHT = 'M44 58c-1 7-3 13-6 18';

/** The parts of each figure, from back to front, and the lines drawn on it. */
const FIGURES: Record<string, { parts: readonly string[]; lines: string }> = {
  P: {
    parts: [
      'M30 81c7-8 11-17 12-28h16c1 11 5 20 12 28z',
      'M50 20a15 15 0 1 1 0 30 15 15 0 1 1 0-30z',
      'M37 48h26a3.5 3.5 0 0 1 0 7H37a3.5 3.5 0 0 1 0-7z',
      FOOT,
    ],
    lines: 'M42.5 32c1-3 3.5-5 6.5-5.5',
  },
  R: {
    parts: ['M29 81c5-10 6-22 6-38h30c0 16 1 28 6 38z', 'M24 15h12v8h8v-8h12v8h8v-8h12v20l-8 9H32l-8-9z', FOOT],
    lines: 'M33 44h34M40 51c0 9-1 17-3 24',
  },
  N: {
    parts: [
      'M30 81c0-13 8-20 15-29-6 2-11 4-14 8-3 3-8 3-11 0l-5-6c-2-3-1-7 1-10 5-6 9-12 12-18 2-6 5-9 10-11l1-11 9 8c18 2 29 18 30 39 0 11-2 21-4 30z',
      FOOT,
    ],
    lines: 'M33.5 31.5l4-1.5M20 53l2.5-1.5M56 23c9 7 13 19 12.5 35M45 53c5-3 7-7 8-11',
  },
  B: {
    parts: [
      STEM,
      'M50 13c12 9 18 17 16 25-1 4-3 6-5 8H39c-2-2-4-4-5-8-2-8 4-16 16-25z',
      'M50 5a5 5 0 1 1 0 10 5 5 0 1 1 0-10z',
      COLLAR,
      FOOT,
    ],
    lines: `M57 22L47.5 35${LIGHT}`,
  },
  Q: {
    parts: [
      STEM,
      'M38 46L24 20l14.5 9.5L42 13l8 14 8-14 3.5 16.5L76 20 62 46z',
      'M23.5 13a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6zM41.5 6a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6zM58.5 6a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6zM76.5 13a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6z',
      COLLAR,
      FOOT,
    ],
    lines: `M38.5 39.5c8 2 15 2 23 0${LIGHT}`,
  },
  K: {
    parts: [
      STEM,
      'M46.8 2h6.4v5.5h6v6.4h-6V20h-6.4v-6.1h-6V7.5h6z',
      'M38 46L28 25c5-5.5 12.5-7.5 22-7.5s17 2 22 7.5L62 46z',
      COLLAR,
      FOOT,
    ],
    lines: `M33 29c10-4.5 24-4.5 34 0${LIGHT}`,
  },
};

/** `wK` … `bP`. */
export function ChessPiece({ figure }: { figure: string }) {
  const [side, kind = ''] = figure;
  const { parts, lines } = FIGURES[kind] ?? { parts: [], lines: '' };
  return (
    <g class={`pt-chess pt-chess-${side}`} transform="translate(-48 -48.5) scale(.96)">
      {parts.map((d) => (
        <path d={d} />
      ))}
      <path class="pt-chess-line" d={lines} />
    </g>
  );
}
