import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { loaded, Nothing, useNear } from '../loaded';
import { usePage } from '../state/page';
import type { Picture } from '../state/views';

/** A lobby is there before the code that draws tables is. */
export const Drawn = loaded(() => import('./Drawn').then((module) => module.Drawn), Nothing);

/** How a game looks before its first move; asked for when it comes near the screen, or `now`. */
export function GamePicture({ game, now = false }: { readonly game: string; readonly now?: boolean }) {
  const { games } = usePage();
  const place = useRef<HTMLDivElement>(null);
  const picture = useSignal<Picture | null>(null);
  const near = useNear(place, '300px').value || now;
  useEffect(() => {
    let gone = false;
    if (near) {
      games.picture(game).then(
        (found) => {
          if (!gone) picture.value = found;
        },
        () => {}, // a card without its picture still says which game it is
      );
    }
    return () => {
      gone = true;
    };
  }, [near, game, games, picture]);
  return (
    <div class="picture" ref={place} aria-hidden="true">
      {picture.value && <Drawn {...picture.value} title={games.title(game)} />}
    </div>
  );
}
