/** The places of a board as a finger, a keyboard and a screen reader meet them. */

import { useState } from 'preact/hooks';
import { beside, isHeading, type Layout, type Spot } from './geometry';
import { type Hints, type Model, offerAt, pickedAt } from './model';
import { spoken } from './spoken';
import { Still } from './Still';
import type { Board } from './vocabulary';
import { type Words, withNames } from './words';

export interface PlacesProps {
  zone: Board;
  layout: Layout;
  model: Model;
  hints: Hints;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
}

export function Places({ zone, layout, model, hints, names, words }: PlacesProps) {
  const [focus, setFocus] = useState('');
  const first = hints.can.next.size ? layout.spots.find((spot) => offerAt(model, hints.can, spot.place)) : undefined;
  const here = layout.at.has(focus) ? focus : (first ?? layout.spots[0])?.place;
  const onKeyDown = (event: KeyboardEvent) => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['place'] : undefined;
    if (place === undefined || !isHeading(event.key)) return;
    event.preventDefault();
    const next = beside(layout, place, event.key);
    setFocus(next);
    placeElement(event.currentTarget, next)?.focus();
  };
  const onFocusIn = (event: FocusEvent) => {
    const place = event.target instanceof HTMLElement ? event.target.dataset['place'] : undefined;
    if (place !== undefined) setFocus(place);
  };
  const grid = zone.kind === 'grid' || zone.kind === 'hex';
  const prefix = zone.kind === 'grid' ? (zone.prefix ?? '') : '';
  const cells = layout.spots.map((spot) => {
    const offer = offerAt(model, hints.can, spot.place);
    const picked = pickedAt(model, hints.picking, spot.place) !== null;
    const pieces = model.pieces.get(spot.place);
    return {
      row: spot.row,
      cell: (
        <Place
          key={spot.place}
          spot={spot}
          layout={layout}
          grid={grid}
          name={spoken(spot.place.slice(prefix.length), pieces, offer !== null, picked, words)}
          open={offer !== null}
          lift={offer !== null && pieces !== undefined && !hints.can.words.has(offer)}
          picked={picked}
          here={spot.place === here}
        />
      ),
    };
  });
  const name = withNames(zone.title || words.board, names);
  if (!grid)
    return (
      <ul class="pt-places" role="list" aria-label={name} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
        {cells.map(({ cell }) => cell)}
      </ul>
    );
  return (
    <div class="pt-places" role="grid" aria-label={name} onKeyDown={onKeyDown} onFocusIn={onFocusIn}>
      {rowsOf(cells).map((row) => (
        <div role="row">{row}</div>
      ))}
    </div>
  );
}

function rowsOf<C>(cells: readonly { row: number; cell: C }[]): C[][] {
  const rows = new Map<number, C[]>();
  for (const { row, cell } of cells) rows.set(row, [...(rows.get(row) ?? []), cell]);
  return [...rows.entries()].toSorted(([one], [other]) => one - other).map(([, row]) => row);
}

export function placeElement(within: EventTarget | null, place: string): HTMLElement | null {
  return within instanceof Element ? within.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`) : null;
}

interface PlaceProps {
  spot: Spot;
  layout: Layout;
  grid: boolean;
  name: string;
  open: boolean;
  lift: boolean;
  picked: boolean;
  here: boolean;
}

class Place extends Still<PlaceProps> {
  override render() {
    const { spot, layout, grid, name, open, lift, picked, here } = this.props;
    const place = {
      class: 'pt-place',
      'data-place': spot.place,
      'data-open': open || undefined,
      'data-lift': lift || undefined,
      'data-picked': picked || undefined,
      tabindex: here ? 0 : -1,
      'aria-label': name,
      style: {
        left: percent(spot.x - spot.w / 2, layout.width),
        top: percent(spot.y - spot.h / 2, layout.height),
        width: percent(spot.w, layout.width),
        height: percent(spot.h, layout.height),
      },
    };
    if (grid) return <div role="gridcell" aria-selected={picked} {...place} />;
    return (
      <li>
        <button type="button" aria-disabled={!open} aria-pressed={picked} {...place} />
      </li>
    );
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(3)}%`;
}
