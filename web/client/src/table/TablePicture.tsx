/** A table as a small picture: the same drawing, without anything that listens. */

import { useMemo } from 'preact/hooks';
import { Paints } from './art/art';
import { Board } from './Board';
import { ClothPicture } from './ClothPicture';
import { groundOf, isBoard, modelOf } from './model';
import './table.css';
import './picture.css';
import type { Scene, Table } from './vocabulary';

/** Of the boards, or else of what lies on the cloth. Without a label it is an ornament. */
export function TablePicture({ table, scene, label }: { table: Table; scene: Scene; label?: string }) {
  const ground = useMemo(() => groundOf(table, {}, null), [table]);
  const model = useMemo(() => modelOf(ground, scene), [ground, scene]);
  const boards = ground.zones.filter(isBoard);
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <div class={`pt-table pt-picture pt-picture-${Math.min(boards.length, 3)}`} {...spoken}>
      <Paints />
      {boards.length ? (
        <div class="pt-zones">
          {boards.map((zone) => {
            const layout = model.layouts.get(zone.id);
            return (
              <div key={zone.id} class="pt-zone pt-boarded">
                {layout && <Board zone={zone} layout={layout} model={model} hints={null} labels={false} />}
              </div>
            );
          })}
        </div>
      ) : (
        <ClothPicture model={model} />
      )}
    </div>
  );
}
