import { usePage, useWords } from '../state/page';
import { places, onlyWonOrLost } from '../state/result';
import type { About, MatchView, PresenceView, SeatPresence } from '../state/views';
import { withNames } from '../table/words';
import type { Words } from '../words';
import { Icon } from './Icon';

interface Props {
  readonly about: About;
  readonly view: MatchView;
  readonly presence: PresenceView | null;
  /** One's own seats. */
  readonly own: readonly number[];
  readonly names: readonly string[];
}

/** Who sits there: whether they are here, what they have, whose turn it is. */
export function SeatList({ about, view, presence, own, names }: Props) {
  const words = useWords().match;
  return (
    <ol class="players" aria-label={words.players}>
      {about.players.map((player, seat) => (
        <li key={seat} class={`player ${view.turn.includes(seat) ? 'player-turn' : ''}`}>
          <span class="player-words">
            <span class="player-name">
              <bdi class="name" translate={false}>
                {names[seat]}
              </bdi>
              <Tags player={player.bot} mine={own.includes(seat)} />
              {!(view.over && player.bot) && <Presence state={(presence?.[String(seat)] as SeatPresence | undefined)?.state} />}
            </span>
            <Counters view={view} seat={seat} names={names} />
          </span>
          <Standing view={view} seat={seat} />
        </li>
      ))}
    </ol>
  );
}

function Tags({ player: bot, mine }: { readonly player: boolean; readonly mine: boolean }) {
  const words = useWords().general;
  return (
    <>
      {mine && <span class="tag plain">{words.you}</span>}
      {bot && (
        <span class="tag plain">
          <Icon name="bot" />
          {words.bot}
        </span>
      )}
    </>
  );
}

function Presence({ state }: { readonly state: SeatPresence['state'] | undefined }) {
  const words = useWords().match;
  if (!state) return null;
  return (
    <span class={`presence ${state}`} title={words.presence[state]}>
      <span class="presence-dot" aria-hidden="true" />
      <span class={state === 'connected' ? 'spoken' : 'small'}>{words.presence[state]}</span>
    </span>
  );
}

function Counters({ view, seat, names }: { readonly view: MatchView; readonly seat: number; readonly names: readonly string[] }) {
  const counters = (view.scene.counters ?? []).filter((counter) => counter.seat === seat);
  if (!counters.length) return null;
  return (
    <span class="counters small" lang="en">
      {counters.map((counter) => (
        <span key={counter.label}>
          <span class="soft">{counter.label}</span> <strong class="numbers">{withNames(counter.value, names)}</strong>
        </span>
      ))}
    </span>
  );
}

/** To move, out, resigned; or what they got in the end. */
function Standing({ view, seat }: { readonly view: MatchView; readonly seat: number }) {
  const { speech } = usePage();
  const words = speech.words.value;
  const points = view.over?.points;
  if (points) {
    const place = places(points)[seat] ?? 0;
    const best = place === 1 && points.some((other) => other !== points[seat]);
    return <span class={best ? 'tag turn' : 'tag plain'}>{stood(points, seat, words.match)}</span>;
  }
  if (view.resigned.includes(seat)) return <span class="tag warn">{words.match.resignedBy}</span>;
  if (view.scene.done?.includes(seat)) return <span class="tag plain">{words.match.out}</span>;
  return view.turn.includes(seat) ? <span class="tag to-move">{words.match.toMove}</span> : null;
}

/** Of more than two it is the place that tells: points may be there only to put players in order. */
function stood(points: readonly number[], seat: number, words: Words['match']): string {
  const got = points[seat] ?? 0;
  if (onlyWonOrLost(points)) return words.placed(got);
  return points.length > 2 ? words.place(places(points)[seat] ?? 0) : words.pointsGot(got);
}
