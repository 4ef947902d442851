import { TablePicture } from '../table/TablePicture';
import type { Picture } from '../state/views';
import { Fitted } from './Fitted';

/** A table as a picture; one on which nothing lies yet is told by the game's initial. */
export function Drawn({ table, scene, title }: Picture & { readonly title: string }) {
  const bare = !scene.pieces?.length && table.zones.every(({ kind }) => kind === 'row' || kind === 'hand' || kind === 'pile');
  if (bare) return <span class="initial" translate={false}>{title.charAt(0)}</span>;
  return (
    <Fitted>
      <TablePicture table={table} scene={scene} />
    </Fitted>
  );
}
