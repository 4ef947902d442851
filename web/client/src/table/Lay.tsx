/** Pieces side by side, held, or one on the other; and what has no place at all. */

import { Art, formatOf, textOf } from './art/art';
import { Times } from './art/things';
import { type Hints, type Model, offerAt } from './model';
import { spoken } from './spoken';
import type { Lay as LayZone, Piece } from './vocabulary';
import { filled, type Words, withNames } from './words';

interface Props {
  zone: LayZone;
  model: Model;
  hints: Hints | null;
  seat: number | null;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
}

export function Lay({ zone, model, hints, seat, names, words }: Props) {
  const pieces = model.pieces.get(zone.id) ?? [];
  const offer = hints ? offerAt(model, hints.can, zone.id) : null;
  const whole = offer === zone.id;
  const title = withNames(zone.title ?? '', names);
  if (!pieces.length && zone.kind !== 'pile' && !whole) return null;
  const owned = typeof zone.owner === 'number' ? (zone.owner === seat ? ' pt-own' : ' pt-others') : '';
  const small = zone.small ? ' pt-small' : '';
  const shown = zone.kind === 'pile' ? pieces.slice(-PILE_SHOWN) : pieces;
  const count = pieces.reduce((sum, { n = 1 }) => sum + n, 0);
  const covered = zone.kind !== 'pile' && pieces.length > 2 && pieces.every(({ art }) => art === 'card:?');
  const heaped = (zone.kind === 'pile' || covered) && count > 1;
  const open = hints ? pieces.filter(({ id }) => hints.can.next.has(id)).length : 0;
  const mixed = open > 0 && open < pieces.length;
  return (
    <div
      class={`pt-zone pt-lay pt-${zone.kind}${owned}${small}${covered ? ' pt-covered' : ''}${mixed ? ' pt-mixed' : ''}`}
      role="group"
      aria-label={heaped ? filled(words.several, { label: title || words.pieces, count }) : title || words.pieces}
      data-place={zone.id}
      data-open={whole || undefined}
      data-mark={model.marks.find((mark) => mark.at === zone.id)?.kind}
    >
      {title && (
        <div class="pt-title" aria-hidden="true">
          {title}
          {heaped ? <span class="pt-count">{count}</span> : null}
        </div>
      )}
      {whole && (
        <button
          type="button"
          class="pt-whole"
          data-place={zone.id}
          aria-label={spoken(title || zone.id, pieces, true, false, words)}
        />
      )}
      {pieces.length ? (
        <ul class="pt-pieces" role="list" style={{ '--pt-n': shown.length }}>
          {shown.map((piece) => (
            <LaidPiece key={piece.id} piece={piece} hints={hints} names={names} words={words} bare={!hints} />
          ))}
        </ul>
      ) : (
        <div class="pt-slot" />
      )}
    </div>
  );
}

const PILE_SHOWN = 3;

interface PieceProps {
  piece: Piece;
  hints: Hints | null;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
  /** Only a picture: nothing to read or to touch. */
  bare?: boolean;
}

export function LaidPiece({ piece, hints, names, words, bare }: PieceProps) {
  const format = formatOf(piece.art);
  const word = hints?.can.words.has(piece.id) ?? false;
  const open = word || (hints?.can.next.has(piece.id) ?? false);
  const chosen = hints?.picking.words.includes(piece.id) ?? false;
  const picked = chosen || (hints?.picking.picked.includes(piece.id) ?? false);
  const sent = hints?.pending.includes(piece.id) ?? false;
  const label = spoken(
    '',
    [{ ...piece, label: withNames(piece.label, names) }],
    open && !picked,
    picked && !word,
    words,
  );
  const state = { 'data-picked': picked || undefined, 'data-sent': sent || undefined };
  const picture = <Picture piece={piece} format={format} names={names} />;
  return (
    <li class={`pt-laid pt-laid-${format}`} data-id={piece.id} {...state}>
      {bare ? (
        picture
      ) : open || picked ? (
        <button
          type="button"
          class="pt-touch"
          data-piece={piece.id}
          data-open={open || undefined}
          data-lift={open && !word ? true : undefined}
          aria-pressed={picked}
          aria-label={label}
        >
          {picture}
        </button>
      ) : (
        <span class="pt-still" role="img" aria-label={label}>
          {picture}
        </span>
      )}
    </li>
  );
}

const BOXES = { square: '-50 -50 100 100', card: '-50 -70 100 140' };

function Picture({
  piece,
  format,
  names,
}: {
  piece: Piece;
  format: ReturnType<typeof formatOf>;
  names: PieceProps['names'];
}) {
  const { n = 1 } = piece;
  if (format === 'text')
    return (
      <span class="pt-piece pt-text" data-side={piece.owner ?? undefined} aria-hidden="true">
        {withNames(textOf(piece.art), names)}
        {n > 1 ? ` ×${n}` : ''}
      </span>
    );
  return (
    <svg class="pt-piece" viewBox={BOXES[format]} aria-hidden="true" focusable="false">
      <Art art={piece.art} owner={piece.owner} />
      {n > 1 && <Times n={n} />}
    </svg>
  );
}

/** Whatever lies at a place that this page does not know: a labelled list. */
export function Strays({ pieces, ...rest }: Omit<PieceProps, 'piece'> & { pieces: readonly Piece[] }) {
  if (!pieces.length) return null;
  return (
    <div class="pt-zone pt-lay pt-row" role="group" aria-label={rest.words.other}>
      <div class="pt-title" aria-hidden="true">
        {rest.words.other}
      </div>
      <ul class="pt-pieces" role="list">
        {pieces.map((piece) => (
          <LaidPiece key={piece.id} piece={piece} {...rest} />
        ))}
      </ul>
    </div>
  );
}
