/** A table of texts, as for scores. */

import { textOf } from './art/art';
import './sheet.css';
import { type Hints, type Model, offerAt, pickedAt } from './model';
import type { Piece, Sheet as SheetZone } from './vocabulary';
import { type Words, withNames } from './words';

interface Props {
  zone: SheetZone;
  model: Model;
  hints: Hints | null;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
}

export function Sheet(props: Props) {
  return props.zone.cols === 1 && !props.zone.sites?.length ? <Lines {...props} /> : <Scores {...props} />;
}

/** A single column without a heading is a text, line by line. */
function Lines({ zone, model, names }: Props) {
  const rows = Array.from({ length: zone.rows }, (_, row) => model.pieces.get(`${row}.0`) ?? []);
  const last = rows.findLastIndex((pieces) => pieces.length > 0);
  if (last < 0) return null;
  const title = withNames(zone.title ?? '', names);
  return (
    <div class="pt-zone pt-text-lines">
      {title && <div class="pt-title">{title}</div>}
      <div class="pt-sheet-text">
        {rows.slice(0, last + 1).map((pieces) => (
          <div>
            {pieces.map((piece) => {
              const [text, label] = [withNames(textOf(piece.art), names), withNames(piece.label, names)];
              return <CellText key={piece.id} pieces={[piece]} text={text} label={label} />;
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function Scores({ zone, model, hints, names, words }: Props) {
  const rows = Array.from({ length: zone.rows }, (_, row) => row);
  const cols = Array.from({ length: zone.cols }, (_, col) => col);
  const title = withNames(zone.title ?? '', names);
  return (
    <div class="pt-zone pt-sheet">
      <table>
        {title && <caption class="pt-title">{title}</caption>}
        {zone.sites?.length ? (
          <thead>
            <tr>
              {zone.sites.map((site) => (
                <Heading text={withNames(site, names)} />
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {rows.map((row) => (
            <tr>
              {cols.map((col) => (
                <Cell
                  place={`${row}.${col}`}
                  head={col === 0}
                  model={model}
                  hints={hints}
                  names={names}
                  words={words}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A heading that says nothing is no heading. */
function Heading({ text }: { text: string }) {
  return text ? <th scope="col">{text}</th> : <td>{text}</td>;
}

function Cell({ place, head, model, hints, names, words }: Omit<Props, 'zone'> & { place: string; head: boolean }) {
  const pieces = model.pieces.get(place) ?? [];
  const text = pieces.map((piece) => withNames(textOf(piece.art), names)).join(' ');
  const label = pieces.map((piece) => withNames(piece.label, names)).join(', ') || place;
  const marked = model.marks.find((mark) => mark.at === place)?.kind;
  const open = hints ? offerAt(model, hints.can, place) !== null : false;
  const picked = hints ? pickedAt(model, hints.picking, place) !== null : false;
  const mark = { 'data-mark': marked, 'data-sent': hints?.pending.includes(place) || undefined };
  if (open || picked)
    return (
      <td {...mark}>
        <button
          type="button"
          class="pt-cell-button"
          data-place={place}
          data-open
          aria-pressed={picked}
          aria-label={`${label}, ${words.canBePicked}`}
        >
          <span data-id={pieces.length === 1 ? pieces[0]?.id : undefined}>{text || '+'}</span>
        </button>
      </td>
    );
  const said = <CellText pieces={pieces} text={text} label={label} />;
  return head ? (
    <th scope="row" {...mark}>
      {said}
    </th>
  ) : (
    <td {...mark}>{said}</td>
  );
}

/** The text for the eye and the label for the ear, where they differ. */
function CellText({ pieces, text, label }: { pieces: readonly Piece[]; text: string; label: string }) {
  if (!pieces.length) return null;
  const id = pieces.length === 1 ? pieces[0]?.id : undefined;
  if (text.trim() === label) return <span data-id={id}>{text}</span>;
  return (
    <>
      <span data-id={id} aria-hidden="true">
        {text}
      </span>
      <span class="pt-unseen">{label}</span>
    </>
  );
}
