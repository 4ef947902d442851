/** The picture of a piece by the name of its art. Unknown names become text. */

import type { JSX } from 'preact';
import { Card, CardBack } from './cards';
import { ChessPiece } from './chess';
import { Chip, Cross, Die, Disc, Draught, HexStone, Hit, Miss, Nought, Ship, Stone, TextTile } from './things';

/** What a picture is drawn on: a square of 100, a card of 100 × 140, or as much as its text needs. */
export type Format = 'square' | 'card' | 'text';

const CARD = /^card:(\?|(?:[2-9TJQKA]|10)[CDHS])$/;
const CHESS = /^chess:[wb][KQRBNP]$/;
const SIDED = /^(stone|disc|hexstone):(\d{1,2})$/;
const DRAUGHT = /^draught:(\d)(k?)$/;
const DIE = /^d6:([1-6?])$/;
const CHIP = /^chip:(\d{1,9})$/;

export function formatOf(art: string): Format {
  if (CARD.test(art)) return 'card';
  const known =
    CHESS.test(art) || SIDED.test(art) || DRAUGHT.test(art) || DIE.test(art) || CHIP.test(art) || art in PLAIN;
  return known ? 'square' : 'text';
}

/** The text of a piece that has no other picture. */
export function textOf(art: string): string {
  return art.startsWith('text:') ? art.slice(5) : art;
}

const PLAIN: Record<string, () => JSX.Element> = { x: Cross, o: Nought, ship: Ship, hit: Hit, miss: Miss };
const ROUND = { stone: Stone, disc: Disc, hexstone: HexStone };

export function Art({ art, owner }: { art: string; owner?: number | null | undefined }): JSX.Element {
  const Plain = PLAIN[art];
  if (Plain) return <Plain />;
  const sided = SIDED.exec(art);
  if (sided) {
    const Round = ROUND[sided[1] as keyof typeof ROUND];
    return <Round side={Number(sided[2])} />;
  }
  const draught = DRAUGHT.exec(art);
  if (draught) return <Draught side={Number(draught[1])} king={draught[2] === 'k'} />;
  if (CHESS.test(art)) return <ChessPiece figure={art.slice(6)} />;
  const card = CARD.exec(art);
  if (card) return card[1] === '?' ? <CardBack /> : <Card face={card[1] ?? ''} />;
  const die = DIE.exec(art);
  if (die) return <Die face={die[1] ?? '?'} />;
  const chip = CHIP.exec(art);
  if (chip) return <Chip value={Number(chip[1])} />;
  return <TextTile text={textOf(art)} side={owner} />;
}

/** The gradients and patterns that pictures and boards are painted with; once in each table. */
export function Paints() {
  return (
    <svg class="pt-paints" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <radialGradient id="pt-black" cx=".36" cy=".3" r=".75">
          <stop offset="0" stop-color="#6b6b70" />
          <stop offset=".35" stop-color="#333338" />
          <stop offset="1" stop-color="#0e0e11" />
        </radialGradient>
        <radialGradient id="pt-white" cx=".38" cy=".32" r=".8">
          <stop offset="0" stop-color="#fff" />
          <stop offset=".6" stop-color="#f4f1ea" />
          <stop offset="1" stop-color="#c9c4b8" />
        </radialGradient>
        <radialGradient id="pt-gloss" cx=".35" cy=".25" r=".9">
          <stop offset="0" stop-color="#fff" stop-opacity=".5" />
          <stop offset=".45" stop-color="#fff" stop-opacity=".06" />
          <stop offset="1" stop-color="#000" stop-opacity=".28" />
        </radialGradient>
        <radialGradient id="pt-alarm">
          <stop offset="0" stop-color="#ff2a1f" />
          <stop offset=".5" stop-color="#f0261d" stop-opacity=".75" />
          <stop offset="1" stop-color="#d8150c" stop-opacity="0" />
        </radialGradient>
        <linearGradient id="pt-wood" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" class="pt-wood-a" />
          <stop offset="1" class="pt-wood-b" />
        </linearGradient>
        <linearGradient id="pt-walnut" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" class="pt-walnut-a" />
          <stop offset="1" class="pt-walnut-b" />
        </linearGradient>
        <radialGradient id="pt-felt" cx=".5" cy=".42" r=".8">
          <stop offset="0" class="pt-felt-a" />
          <stop offset="1" class="pt-felt-b" />
        </radialGradient>
        <linearGradient id="pt-sea" x1="0" y1="0" x2=".4" y2="1">
          <stop offset="0" class="pt-sea-a" />
          <stop offset="1" class="pt-sea-b" />
        </linearGradient>
        <linearGradient id="pt-rack" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" class="pt-rack-a" />
          <stop offset="1" class="pt-rack-b" />
        </linearGradient>
        <pattern id="pt-grain" width="640" height="90" patternUnits="userSpaceOnUse" patternTransform="rotate(2)">
          <path
            class="pt-grain"
            d="M0 9c120-9 210 12 330 3s200-8 310 0M0 24c90 8 190-7 300 0s230 10 340 0M0 41c150-6 240 9 360 2s190-6 280 0M0 55c100 7 260-4 380 2s180 4 260 0M0 70c130-10 250 8 350 2s200-5 290 0M0 83c110 5 230-3 340-1s210 4 300 1"
          />
        </pattern>
        <pattern id="pt-weave" width="8" height="8" patternUnits="userSpaceOnUse">
          <path class="pt-weave" d="M0 2h4M4 6h4M2 4v4M6 0v4" />
        </pattern>
        <pattern id="pt-waves" width="80" height="50" patternUnits="userSpaceOnUse">
          <path class="pt-waves" d="M-2 14q11-9 22 0t22 0 22 0 22 0M-22 39q11-9 22 0t22 0 22 0 22 0 22 0" />
        </pattern>
        <pattern id="pt-lattice" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="pt-lattice" d="M0 0h14M0 0v14" />
          <circle class="pt-lattice-dot" cx="7" cy="7" r="1.8" />
        </pattern>
      </defs>
    </svg>
  );
}
