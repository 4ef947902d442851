/** Stones, discs, draughts, dice, chips and ships, in a box from -50 to 50. Shape tells sides apart as well as colour. */

const SIGNS = [
  'M-13 0h26M0-13v26', // plus
  'M14 0a14 14 0 1 1-28 0 14 14 0 1 1 28 0z', // ring
  'M0-15L14 10h-28z', // triangle
  'M-12-12h24v24h-24z', // square
  'M0-17L15 0 0 17-15 0z', // diamond
  'M-11-11l22 22M11-11l-22 22', // saltire
  'M-14-5h28M-14 6h28', // bars
  'M-14 6L0-9 14 6', // chevron
];

export const SIDES = SIGNS.length;

function Sign({ side }: { side: number }) {
  return <path class="pt-sign" d={SIGNS[side % SIDES]} />;
}

export function Stone({ side }: { side: number }) {
  const fill = side === 0 ? 'url(#pt-black)' : side === 1 ? 'url(#pt-white)' : `var(--pt-side-${side % SIDES})`;
  return (
    <g>
      <circle class="pt-shadow" cx="1.5" cy="3" r="46.5" />
      <circle r="46.5" fill={fill} class={side === 1 ? 'pt-stone-rim' : undefined} />
      {side > 1 && <Sign side={side} />}
    </g>
  );
}

export function Disc({ side }: { side: number }) {
  return (
    <g>
      <circle class="pt-shadow" cx="1" cy="2.5" r="42" />
      <circle class={`pt-side-${side % SIDES}`} r="42" />
      <circle class="pt-rim" r="34" />
      <circle class="pt-gloss" r="42" fill="url(#pt-gloss)" />
      <Sign side={side} />
    </g>
  );
}

/** Black and white like stones, and with a sign: what they join is as long as the board. */
export function HexStone({ side }: { side: number }) {
  const fill = side === 0 ? 'url(#pt-black)' : side === 1 ? 'url(#pt-white)' : `var(--pt-side-${side % SIDES})`;
  return (
    <g>
      <circle class="pt-shadow" cx="1.5" cy="3" r="38" />
      <circle class={side === 1 ? 'pt-stone-rim' : undefined} r="38" fill={fill} />
      <g class={`pt-hexsign-${side}`}>
        <Sign side={side} />
      </g>
    </g>
  );
}

const CROWN = 'M-19 13V-9l9.5 8L0-16 9.5-1 19-9v22z';

export function Draught({ side, king }: { side: number; king: boolean }) {
  return (
    <g class={`pt-draught pt-draught-${side % 2}`}>
      <ellipse class="pt-shadow" cx="1" cy="6" rx="43" ry="42" />
      <circle class="pt-draught-edge" cy="3" r="42" />
      <circle class="pt-draught-top" cy={king ? -5 : -1} r="42" />
      <circle class="pt-draught-groove" cy={king ? -5 : -1} r="33" />
      {king ? (
        <path class="pt-crown" d={CROWN} transform="translate(0 -5) scale(1.15)" />
      ) : (
        <DraughtMiddle side={side} />
      )}
    </g>
  );
}

/** Light draughts have a ring in the middle, dark ones a star: a sign besides their colour. */
function DraughtMiddle({ side }: { side: number }) {
  if (side % 2) return <circle class="pt-draught-groove" cy="-1" r="20" />;
  return <path class="pt-draught-groove" d="M0-19v36M-18-1h36M-12-13l24 24M12-13l-24 24" />;
}

export function Cross() {
  return <path class="pt-x" d="M-27-27L27 27M27-27L-27 27" />;
}

export function Nought() {
  return <circle class="pt-o" r="29" />;
}

const SPOTS: readonly (readonly [number, number])[][] = [
  [],
  [[0, 0]],
  [
    [-1, -1],
    [1, 1],
  ],
  [
    [-1, -1],
    [0, 0],
    [1, 1],
  ],
  [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ],
  [
    [-1, -1],
    [1, -1],
    [0, 0],
    [-1, 1],
    [1, 1],
  ],
  [
    [-1, -1],
    [1, -1],
    [-1, 0],
    [1, 0],
    [-1, 1],
    [1, 1],
  ],
];

/** A die that shows `1` … `6`, or nothing that you may know (`?`). */
export function Die({ face }: { face: string }) {
  const spots = SPOTS[Number(face)];
  return (
    <g class={spots ? 'pt-die' : 'pt-die pt-die-hidden'}>
      <rect class="pt-shadow" x="-39" y="-36" width="80" height="80" rx="17" />
      <rect class="pt-die-body" x="-40" y="-40" width="80" height="80" rx="17" />
      <rect class="pt-die-face" x="-34" y="-35" width="68" height="68" rx="20" />
      {spots ? (
        spots.map(([x, y]) => <circle class="pt-pip" cx={x * 20} cy={y * 20 - 1} r="7.6" />)
      ) : (
        <text class="pt-die-ask" y="15">
          ?
        </text>
      )}
    </g>
  );
}

const CHIP_COLOURS: readonly [most: number, side: string][] = [
  [1, 'white'],
  [5, 'red'],
  [25, 'green'],
  [100, 'black'],
  [500, 'purple'],
];

export function Chip({ value }: { value: number }) {
  const colour = CHIP_COLOURS.find(([most]) => value <= most)?.[1] ?? 'gold';
  const text = value >= 10_000 ? `${Math.round(value / 1000)}k` : String(value);
  return (
    <g class={`pt-chip pt-chip-${colour}`}>
      <circle class="pt-shadow" cx="1" cy="4" r="44" />
      <circle class="pt-chip-body" r="44" />
      <circle class="pt-chip-edge" r="38.5" />
      <circle class="pt-chip-middle" r="29" />
      <text class="pt-chip-value" y="9" style={{ fontSize: `${text.length < 3 ? 28 : text.length < 4 ? 24 : 18}px` }}>
        {text}
      </text>
    </g>
  );
}

export function Ship() {
  return (
    <g class="pt-ship">
      <rect x="-42" y="-30" width="84" height="60" rx="22" />
      <rect class="pt-ship-deck" x="-30" y="-18" width="60" height="36" rx="13" />
      <circle class="pt-ship-tower" r="9" />
    </g>
  );
}

export function Hit() {
  return (
    <g class="pt-hit">
      <path
        class="pt-hit-blaze"
        d="M0-44l9 22 20-14-5 24 22 4-18 13 13 20-24-4-5 23-12-20-21 15 4-25-24-4 19-12-15-19 25 3z"
      />
      <path class="pt-hit-cross" d="M-14-14l28 28M14-14l-28 28" />
    </g>
  );
}

export function Miss() {
  return (
    <g class="pt-miss">
      <circle r="30" />
      <circle r="17" />
      <circle class="pt-miss-drop" r="6" />
    </g>
  );
}

/** What has no picture of its own: its text, on a tile. */
export function TextTile({ text, side }: { text: string; side: number | null | undefined }) {
  const letters = [...text].length;
  return (
    <g class={`pt-tile${side === null || side === undefined ? '' : ` pt-tile-${side % SIDES}`}`}>
      <rect x="-43" y="-43" width="86" height="86" rx="16" />
      {lines(text).map((line, i, all) => (
        <text
          style={{
            fontSize: `${letters < 2 ? 54 : letters < 3 ? 42 : Math.max(15, Math.min(32, 130 / longest(all)))}px`,
          }}
          y={(i - (all.length - 1) / 2) * 22}
          dominant-baseline="central"
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function longest(all: readonly string[]): number {
  return Math.max(...all.map((line) => line.length));
}

const LINE_LETTERS = 9;

/** The words in at most three lines; what has no room is cut, the label says it in full. */
function lines(text: string): string[] {
  const all: string[] = [];
  for (const word of text.split(' ')) {
    const last = all.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LETTERS) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
  }
  const cut = all.map((line) => (line.length > LINE_LETTERS + 1 ? `${line.slice(0, LINE_LETTERS)}…` : line));
  return cut.length > 3 ? [...cut.slice(0, 2), '…'] : cut;
}

/** How many of a kind a piece stands for. */
export function Times({ n }: { n: number }) {
  const text = `×${n}`;
  const wide = 22 + 13 * text.length;
  return (
    <g class="pt-times" transform="translate(28 32)">
      <rect x={-wide / 2} y="-18" width={wide} height="36" rx="18" />
      <text dy=".36em">{text}</text>
    </g>
  );
}
