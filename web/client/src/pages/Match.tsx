import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useNear } from '../loaded';
import { Board } from '../parts/Board';
import { Chat } from '../parts/Chat';
import { ConnectionBanner } from '../parts/Connection';
import { HowToPlay } from '../parts/HowToPlay';
import { Icon } from '../parts/Icon';
import { SeatList } from '../parts/SeatList';
import { Main } from '../parts/Shell';
import { follow, type Followed } from '../state/follow';
import { namesOf } from '../state/names';
import { usePage, useWords } from '../state/page';
import { notePromise } from '../state/promises';
import { statusOf } from '../state/status';
import type { About, MatchView } from '../state/views';
import { stepByKeys } from '../state/steps';
import { lazyPart } from './lazy';
import '../style/match.css';

const MoveList = lazyPart(() => import('../parts/MoveList').then((module) => module.MoveList));
const ResignDialog = lazyPart(() => import('../parts/ResignDialog').then((module) => module.ResignDialog));
const ResultPanel = lazyPart(() => import('../parts/ResultPanel').then((module) => module.ResultPanel));

/** One match: one's own seats to play from, or to look on. */
export function Match({ id }: { readonly id: string }) {
  const { client } = usePage();
  const match = useMemo(() => follow(client, id), [client, id]);
  useEffect(() => () => match.close(), [match]);
  useSounds(match);
  const about = match.about.value;
  const view = match.view.value;
  const trouble = match.trouble.value;
  if (trouble) return <NoMatch id={id} sentence={trouble.sentence} missing={trouble.code === 'no_such_match'} />;
  if (!about?.table || !view) return <Waiting />;
  return <Played match={match} about={about} view={view} />;
}

function Waiting() {
  const words = useWords().general;
  return (
    <Main title={words.loading} unseen>
      <ConnectionBanner />
      <p role="status">{words.loading}</p>
    </Main>
  );
}

/** There is none, or it is still a lobby: then that is the right place. */
function NoMatch({ id, sentence, missing }: { readonly id: string; readonly sentence: string; readonly missing: boolean }) {
  const { client, router } = usePage();
  const words = useWords();
  useEffect(() => {
    if (!missing) return;
    client.api(`/api/lobbies/${encodeURIComponent(id)}`).then(
      () => router.swap({ page: 'lobby', id }),
      () => {}, // no lobby either: what is shown stands
    );
  }, [client, router, id, missing]);
  return (
    <Main title={words.match.noSuch} class="narrow">
      <p lang="en">{sentence}</p>
      <p>
        <a class="button main" href="/">
          {words.general.backHome}
        </a>
      </p>
    </Main>
  );
}

interface PlayedProps {
  readonly match: Followed;
  readonly about: About;
  readonly view: MatchView;
}

function Played({ match, about, view }: PlayedProps) {
  const { games, own: all, store } = usePage();
  const words = useWords().match;
  const flip = useSignal(false);
  const { steps } = match;
  const moves = useRef<HTMLElement>(null);
  const near = useNear(moves);
  const own = match.own.value;
  const seat = match.seat.value;
  const names = useMemo(() => namesOf(about.players), [about.players]);
  const looked = steps.at.value;
  const back = looked === null ? null : (steps.all.value[looked]?.view ?? null);
  const spectators = match.presence.value?.spectators?.count ?? 0;
  useEffect(() => stepByKeys(steps), [steps]);
  useEffect(() => {
    if (own.length) void all.refresh();
  }, [all, own.length]);
  const playing = view.over === null;
  useEffect(() => {
    if (playing) notePromise(store, match.id, about.commitment);
  }, [store, match.id, about.commitment, playing]);
  const parts = { about, presence: match.presence.value, own, names };
  return (
    <Main title={words.title(games.title(about.game), names)} class="match" unseen>
      <ConnectionBanner />
      <div class="match-grid">
        <section class="panel tight match-people" aria-label={words.players}>
          <div class="row spread">
            <a class="match-game" href={`/?play=${encodeURIComponent(about.game)}`} lang="en">
              {games.title(about.game)}
            </a>
            <HowToPlay game={about.game} />
            {spectators > 0 && (
              <span class="tag plain">
                <Icon name="eye" />
                {words.spectators(spectators)}
              </span>
            )}
          </div>
          <SeatList {...parts} view={back ?? view} />
          {own.length === 0 && <p class="soft small">{words.watching}</p>}
          {own.length > 1 && <Chairs match={match} own={own} names={names} />}
        </section>
        <section class="match-board" aria-label={words.board}>
          <StatusBar match={match} view={back ?? view} names={names} looking={back !== null} />
          {about.table && (
            <Board
              table={about.table}
              view={back ?? view}
              names={names}
              seat={seat}
              flip={flip.value}
              legal={back ? null : match.legal.value}
              pending={back ? null : match.pending.value}
              {...(seat !== null && !back && { onMove: (move: string) => void match.play(move) })}
            />
          )}
          <p class="refusal" role="alert">
            {match.refusal.value && (
              <>
                <strong>{words.refused}</strong> <span lang="en">{match.refusal.value}</span>
              </>
            )}
          </p>
        </section>
        <div class="match-side">
          {view.over && <ResultPanel id={match.id} view={view} over={view.over} {...parts} />}
          <section class="panel tight" aria-label={words.moves} ref={moves}>
            <div class="moves-place">{near.value && <MoveList steps={steps} names={names} />}</div>
            <div class="buttons match-actions">
              {about.table?.flip && (
                <button type="button" class="button quiet" aria-pressed={flip.value} onClick={() => (flip.value = !flip.value)}>
                  <Icon name="flip" />
                  {words.flip}
                </button>
              )}
              {seat !== null && !view.over && !view.resigned.includes(seat) && <ResignButton id={match.id} seat={seat} />}
            </div>
          </section>
          {(own.length === 0 || view.over) && <Chat id={match.id} canSpeak gallery />}
          <Chat id={match.id} canSpeak={own.length > 0} />
        </div>
      </div>
    </Main>
  );
}

interface StatusProps {
  readonly match: Followed;
  readonly view: MatchView;
  readonly names: readonly string[];
  readonly looking: boolean;
}

/** Whose turn it is, or that one looks at the past. The table itself says to screen readers what has changed. */
function StatusBar({ match, view, names, looking }: StatusProps) {
  const words = useWords().match;
  const { steps } = match;
  const own = match.own.value;
  if (looking) {
    return (
      <div class="status looking">
        <p role="status">{words.looking(steps.at.value ?? 0, steps.all.value.length - 1)}</p>
        <button type="button" class="button main" onClick={() => steps.live()}>
          <Icon name="live" />
          {words.live}
        </button>
      </div>
    );
  }
  const line = statusOf(view, names, words);
  const mine = own.some((seat) => view.turn.includes(seat));
  return (
    <div class={`status ${mine ? 'status-mine' : ''}`}>
      {mine && <strong class="tag turn">{words.yourTurn}</strong>}
      {(line.said || !mine) && <p lang={line.said ? 'en' : undefined}>{line.text}</p>}
      {match.pending.value !== null && <span class="soft small">{words.sending}</span>}
    </div>
  );
}

/** For who plays several seats from one chair. */
function Chairs({ match, own, names }: { readonly match: Followed; readonly own: readonly number[]; readonly names: readonly string[] }) {
  const words = useWords().match;
  return (
    <fieldset class="choices">
      <legend class="small">{words.lookAs}</legend>
      {own.map((seat) => (
        <label key={seat} class="choice">
          <input type="radio" name="chair" checked={match.seat.value === seat} onChange={() => match.sitAt(seat)} />
          <span>
            {words.seat(seat + 1)} <bdi class="spoken">{names[seat]}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function ResignButton({ id, seat }: { readonly id: string; readonly seat: number }) {
  const words = useWords().match;
  const asked = useSignal(false);
  return (
    <>
      <button type="button" class="button quiet danger" onClick={() => (asked.value = true)}>
        <Icon name="flag" />
        {words.resign}
      </button>
      {asked.value && <ResignDialog id={id} seat={seat} onClose={() => (asked.value = false)} />}
    </>
  );
}

/** What each new version sounds like. */
function useSounds(match: Followed): void {
  const { sounds } = usePage();
  useEffect(() => {
    let before: MatchView | null = null;
    return match.view.subscribe((view) => {
      if (view && before) sounds.changed(before.scene, view.scene, match.seat.peek());
      before = view;
    });
  }, [match, sounds]);
}
