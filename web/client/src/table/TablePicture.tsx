/** A table as a small picture: the same drawing, without anything that listens. */

import { useMemo } from 'preact/hooks';
import { Paints } from './art/art';
import { groundOf, isBoard, modelOf } from './model';
import './table.css';
import type { Scene, Table } from './vocabulary';
import { ENGLISH } from './words';
import { ZoneView, zonesClass } from './ZoneView';

/** The same drawing without input, for a card. Without a label it is an ornament. */
export function TablePicture({ table, scene, label }: { table: Table; scene: Scene; label?: string }) {
  const ground = useMemo(() => groundOf(table, {}, null), [table]);
  const model = useMemo(() => modelOf(ground, scene), [ground, scene]);
  const boards = ground.zones.filter(isBoard);
  const zones = boards.length ? boards : ground.zones;
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <div class={`pt-table pt-picture pt-picture-${Math.min(boards.length, 3)}`} {...spoken}>
      <Paints />
      <div class={zonesClass(ground)}>
        {zones.map((zone) => (
          <ZoneView
            key={zone.id}
            zone={zone}
            model={model}
            hints={null}
            labels={false}
            seat={null}
            names={undefined}
            words={ENGLISH}
          />
        ))}
      </div>
    </div>
  );
}
