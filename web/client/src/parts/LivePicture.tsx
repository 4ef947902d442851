import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useNear } from '../loaded';
import { watch } from '../state/follow';
import { usePage } from '../state/page';
import type { About, MatchView } from '../state/views';
import type { Feed } from '../wire/client';
import { Drawn, GamePicture } from './GamePicture';

interface Props {
  readonly id: string;
  readonly game: string;
}

/** A match as spectators see it now, followed from aside once it is near the screen. */
export function LivePicture(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  return <div ref={place}>{near.value ? <Followed {...props} /> : <GamePicture game={props.game} />}</div>;
}

function Followed({ id, game }: Props) {
  const { client } = usePage();
  const feed = useMemo(() => watch(client, id, null, true), [client, id]);
  useEffect(() => () => feed.close(), [feed]);
  return <FeedPicture feed={feed} game={game} />;
}

/** What lies on the table now; how the game begins, until that is known. */
export function FeedPicture({ feed, game }: { readonly feed: Feed<MatchView>; readonly game: string }) {
  const { games } = usePage();
  const { table } = feed.about.value as Partial<About>;
  const view = feed.view.value;
  if (!table || !view) return <GamePicture game={game} />;
  return (
    <div class="picture" aria-hidden="true">
      <Drawn table={table} scene={view.scene} title={games.title(game)} />
    </div>
  );
}
