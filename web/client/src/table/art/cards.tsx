/** Playing cards, in a box 100 wide and 140 high; four colours and four shapes tell the suits. */

import { isSuit, SUITS, type Suit } from './suits';

/** Where the pips of each rank stand, in columns and rows from -1 to 1. */
const L = -1;
const R = 1;
const CORNERS4: readonly [number, number][] = [
  [L, -1],
  [R, -1],
  [L, 1],
  [R, 1],
];
const SIDES6: readonly [number, number][] = [...CORNERS4, [L, 0], [R, 0]];
const SIDES8: readonly [number, number][] = [...CORNERS4, [L, -1 / 3], [R, -1 / 3], [L, 1 / 3], [R, 1 / 3]];
const PIPS: Record<string, readonly [number, number][]> = {
  '2': [
    [0, -1],
    [0, 1],
  ],
  '3': [
    [0, -1],
    [0, 0],
    [0, 1],
  ],
  '4': CORNERS4,
  '5': [...CORNERS4, [0, 0]],
  '6': SIDES6,
  '7': [...SIDES6, [0, -0.5]],
  '8': [...SIDES6, [0, -0.5], [0, 0.5]],
  '9': [...SIDES8, [0, 0]],
  '10': [...SIDES8, [0, -2 / 3], [0, 2 / 3]],
};

/** A crown, a coronet, a feathered cap. */
const COURT: Record<string, string> = {
  K: 'M-24 18V-8l11 9L0-22 13 1l11-9v26zM-24 23h48v6h-48zM-2.5-34h5v4h4v5h-4v5h-5v-5h-4v-5h4z',
  Q: 'M-22 20L-28-10l14 9 6-18L0-3l8-16 6 18 14-9-6 30zM-22 24h44v5h-44zM0-24a4.5 4.5 0 1 1 0 9 4.5 4.5 0 1 1 0-9z',
  J: 'M-26 14C-24-8-8-16 10-14 4-22 4-30 14-36c0 10 12 16 12 30 0 8-2 14-4 20zM-28 18h54v7h-54z',
};

export function Card({ face }: { face: string }) {
  const suit = face.slice(-1);
  const rank = face.slice(0, -1).replace('T', '10');
  if (!isSuit(suit)) return <CardBack />;
  return (
    <g class={`pt-card pt-suit-${suit}`}>
      <rect class="pt-card-paper" x="-48.5" y="-68.5" width="97" height="137" rx="9" />
      <Corner rank={rank} suit={suit} />
      <g transform="rotate(180)">
        <Corner rank={rank} suit={suit} />
      </g>
      <Middle rank={rank} suit={suit} />
    </g>
  );
}

function Corner({ rank, suit }: { rank: string; suit: Suit }) {
  return (
    <>
      <text
        class="pt-card-rank"
        x="-34.5"
        y="-41"
        textLength={rank.length > 1 ? 23 : undefined}
        lengthAdjust="spacingAndGlyphs"
      >
        {rank}
      </text>
      <path d={SUITS[suit]} transform="translate(-34.5 -27) scale(.22)" />
    </>
  );
}

function Middle({ rank, suit }: { rank: string; suit: Suit }) {
  const court = COURT[rank];
  if (court)
    return (
      <>
        <rect class="pt-card-frame" x="-18" y="-54" width="36" height="108" rx="5" />
        <path d={court} transform="translate(0 -18) scale(.56)" />
        <path d={SUITS[suit]} transform="translate(0 26) scale(.42)" />
      </>
    );
  const pips = PIPS[rank];
  if (!pips) return <path d={SUITS[suit]} transform="translate(2 4) scale(.62)" />;
  return (
    <>
      {pips.map(([x, y]) => (
        <path d={SUITS[suit]} transform={`translate(${x * 12.5} ${y * 45})${y > 0 ? ' rotate(180)' : ''} scale(.19)`} />
      ))}
    </>
  );
}

export function CardBack() {
  return (
    <g class="pt-card">
      <rect class="pt-card-paper" x="-48.5" y="-68.5" width="97" height="137" rx="9" />
      <rect class="pt-card-back" x="-42" y="-62" width="84" height="124" rx="5" />
      <rect class="pt-card-lattice" x="-42" y="-62" width="84" height="124" rx="5" fill="url(#pt-lattice)" />
      <circle class="pt-card-seal" r="19" />
      <path class="pt-card-seal-mark" d={SUITS.S} transform="translate(0 -9) scale(.16)" />
      <path class="pt-card-seal-mark" d={SUITS.H} transform="translate(9 0) scale(.16)" />
      <path class="pt-card-seal-mark" d={SUITS.C} transform="translate(0 9) scale(.16)" />
      <path class="pt-card-seal-mark" d={SUITS.D} transform="translate(-9 0) scale(.16)" />
    </g>
  );
}
