/** One zone of a table, whatever its kind. */

import type { ComponentType } from 'preact';
import { loaded, Nothing } from '../loaded';
import { Board } from './Board';
import { Lay } from './Lay';
import { type Ground, type Hints, isBoard, isLay, type Model } from './model';
import type { PlacesProps } from './Places';
import type { Zone } from './vocabulary';
import { type Words, withNames } from './words';

/** Few games keep a sheet. */
export const Sheet = loaded(() => import('./Sheet').then((module) => module.Sheet), Nothing);

/** Cards and dice without a board lie on a cloth; a single board has its rows to itself. */
export function zonesClass(ground: Ground): string {
  const boards = ground.layouts.size;
  if (boards === 0 && ground.zones.some(isLay)) return 'pt-zones pt-cloth';
  return boards === 1 ? 'pt-zones pt-alone' : 'pt-zones';
}

export interface Shown {
  model: Model;
  hints: Hints | null;
  labels: boolean;
  seat: number | null;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
}

export function ZoneView({ zone, Places, ...shown }: Shown & { zone: Zone; Places?: ComponentType<PlacesProps> }) {
  const { model, hints, labels, seat, names, words } = shown;
  const layout = model.layouts.get(zone.id);
  if (isBoard(zone) && layout)
    return (
      <div class="pt-zone pt-boarded">
        {zone.title && <div class="pt-title">{withNames(zone.title, names)}</div>}
        <Board zone={zone} layout={layout} model={model} hints={hints} labels={labels}>
          {Places && hints && (
            <Places zone={zone} layout={layout} model={model} hints={hints} names={names} words={words} />
          )}
        </Board>
      </div>
    );
  if (isLay(zone)) return <Lay zone={zone} model={model} hints={hints} seat={seat} names={names} words={words} />;
  if (zone.kind === 'sheet') return <Sheet zone={zone} model={model} hints={hints} names={names} words={words} />;
  return null;
}
