import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { TablePicture } from '../table/TablePicture';
import { usePage } from '../state/page';
import type { Picture } from '../state/views';
import { Fitted } from './Fitted';
import '../style/picture.css';

/** How a game looks before its first move; asked for when it comes near the screen. */
export function GamePicture({ game }: { readonly game: string }) {
  const { games } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const picture = useSignal<Picture | null>(null);
  useEffect(() => {
    let gone = false;
    const look = (): void => {
      games.picture(game).then(
        (found) => {
          if (!gone) picture.value = found;
        },
        () => {}, // a card without its picture still says which game it is
      );
    };
    const watcher = new IntersectionObserver(
      (seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        look();
      },
      { rootMargin: '300px' },
    );
    if (place.current) watcher.observe(place.current);
    return () => {
      gone = true;
      watcher.disconnect();
    };
  }, [game, games, picture]);
  return (
    <div class="picture" ref={place} aria-hidden="true">
      {picture.value && <Drawn {...picture.value} title={games.title(game)} />}
    </div>
  );
}

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
