import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Board } from '../parts/Board';
import { Icon } from '../parts/Icon';
import { MoveList } from '../parts/MoveList';
import { SeatList } from '../parts/SeatList';
import { Main } from '../parts/Shell';
import { Verdict } from '../parts/Verdict';
import { patiently, watch } from '../state/follow';
import { namesOf } from '../state/names';
import { usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import { createPlayback, SPEEDS, type Playback } from '../state/playback';
import { resultFor, resultText } from '../state/result';
import { createSteps, stepByKeys, type Steps } from '../state/steps';
import type { About, HistoryAnswer, MatchView } from '../state/views';
import '../style/match.css';
import '../style/replay.css';

/** A match that is over, from its first version to its last, for whoever has the link. */
export function Replay({ id }: { readonly id: string }) {
  const { client } = usePage();
  const words = useMoreWords();
  const feed = useMemo(() => watch(client, id, null), [client, id]);
  useEffect(() => () => feed.close(), [feed]);
  const about = feed.about.value as Partial<About>;
  const view = feed.view.value;
  const ended = feed.ended.value;
  if (ended) {
    return (
      <Main title={words.match.noSuch} class="narrow">
        <p lang="en">{ended.sentence}</p>
        <p>
          <a class="button main" href="/">
            {words.general.backHome}
          </a>
        </p>
      </Main>
    );
  }
  if (!view || !about.table) {
    return (
      <Main title={words.general.loading} unseen>
        <p role="status">{words.general.loading}</p>
      </Main>
    );
  }
  return <Film id={id} about={about as About} last={view} />;
}

interface FilmProps {
  readonly id: string;
  readonly about: About;
  readonly last: MatchView;
}

function Film({ id, about, last }: FilmProps) {
  const { client, games } = usePage();
  const words = useMoreWords();
  const steps = useMemo(createSteps, []);
  const playback = useMemo(() => createPlayback(steps), [steps]);
  useEffect(() => () => playback.close(), [playback]);
  useEffect(() => stepByKeys(steps), [steps]);
  const own = about.players.flatMap((player, seat) => (player.id === client.me.value?.player ? [seat] : []));
  const eyes = useSignal<number | null>(last.over ? (own[0] ?? null) : null);
  const flip = useSignal(false);
  const names = useMemo(() => namesOf(about.players), [about.players]);
  useHistory(id, eyes.value, steps);
  const shown = steps.shown.value?.view ?? last;
  const title = games.title(about.game);
  return (
    <Main title={words.replay.title(title, names)} class="replay" unseen>
      {!last.over && (
        <p class="banner">
          {words.replay.notOver}{' '}
          <a class="button" href={`/match/${id}`}>
            {words.replay.watchIt}
          </a>
        </p>
      )}
      <div class="match-grid">
        <section class="panel tight match-people" aria-label={words.match.players}>
          <span class="match-game" lang="en">
            {title}
          </span>
          <SeatList about={about} view={shown} presence={null} own={own} names={names} />
          {last.over && <Eyes eyes={eyes} names={names} />}
          {about.table?.flip && (
            <button type="button" class="button quiet" aria-pressed={flip.value} onClick={() => (flip.value = !flip.value)}>
              <Icon name="flip" />
              {words.match.flip}
            </button>
          )}
        </section>
        <section class="match-board" aria-label={words.match.board}>
          <div class="status">
            <strong>{last.over ? resultText(resultFor(last.over, own), names, words.match) : ''}</strong>
            <span class="soft small">{words.replay.played(about.created_ms)}</span>
          </div>
          {about.table && <Board table={about.table} view={shown} names={names} seat={eyes.value} flip={flip.value} />}
          <Controls steps={steps} playback={playback} />
        </section>
        <div class="match-side">
          <section class="panel tight" aria-label={words.match.moves}>
            <MoveList steps={steps} names={names} />
          </section>
          {last.over && <Downloads id={id} formats={games.find(about.game)?.exports ?? []} />}
          {last.over && <Verdict id={id} promised={about.commitment} />}
        </div>
      </div>
    </Main>
  );
}

/** Asks how the match looked through those eyes, and stays at the version that is looked at. */
function useHistory(id: string, eyes: number | null, steps: Steps): void {
  const { client } = usePage();
  useEffect(() => {
    let gone = false;
    const address = `/api/matches/${encodeURIComponent(id)}/history${eyes === null ? '' : `?seat=${eyes}`}`;
    const ask = async (): Promise<void> => {
      const answer = await patiently(client, () => client.api<HistoryAnswer>(address), () => gone);
      if (!answer || gone) return;
      const first = steps.all.peek().length === 0;
      steps.tell(answer);
      if (first) steps.look(0);
    };
    ask().catch(() => {}); // refused, as while it is played: then the newest view is all there is
    return () => (gone = true);
  }, [client, id, eyes, steps]);
}

/** Play and pause, the speed, and where one is. */
function Controls({ steps, playback }: { readonly steps: Steps; readonly playback: Playback }) {
  const words = useMoreWords().replay;
  const newest = Math.max(0, steps.all.value.length - 1);
  const at = steps.at.value ?? newest;
  const playing = playback.playing.value;
  return (
    <div class="film">
      <button type="button" class="button main" onClick={() => playback.toggle()}>
        <Icon name={playing ? 'pause' : 'play'} />
        {playing ? words.pause : words.play}
      </button>
      <label class="grow">
        <span class="small soft numbers">{words.position(at, newest)}</span>
        <input
          type="range"
          min={0}
          max={newest}
          value={at}
          aria-valuetext={words.position(at, newest)}
          onInput={(event) => steps.look(event.currentTarget.valueAsNumber)}
        />
      </label>
      <fieldset class="choices">
        <legend class="spoken">{words.speed}</legend>
        {SPEEDS.map((speed) => (
          <label key={speed} class="choice">
            <input type="radio" name="speed" checked={playback.speed.value === speed} onChange={() => (playback.speed.value = speed)} />
            <span>{words.perSecond(speed)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** Through whose eyes: when it is over, all hands may be seen. */
function Eyes({ eyes, names }: { readonly eyes: Signal<number | null>; readonly names: readonly string[] }) {
  const words = useMoreWords().replay;
  return (
    <label class="field">
      <span class="label small">{words.seenBy}</span>
      <select
        value={String(eyes.value ?? '')}
        onChange={(event) => (eyes.value = event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">{words.everyone}</option>
        {names.map((name, seat) => (
          <option key={seat} value={String(seat)} translate={false}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Downloads({ id, formats }: { readonly id: string; readonly formats: readonly string[] }) {
  const words = useMoreWords().replay;
  const address = `/api/matches/${encodeURIComponent(id)}`;
  return (
    <section class="panel tight" aria-labelledby="downloads-title">
      <h2 id="downloads-title" class="side-title">
        {words.downloads}
      </h2>
      <div class="buttons">
        <a class="button" href={`${address}/record`} download={`parlour-${id}.json`}>
          <Icon name="down" />
          {words.record}
        </a>
        {formats.map((format) => (
          <a key={format} class="button" href={`${address}/export/${format}`} download={`parlour-${id}.${format}`}>
            <Icon name="down" />
            {words.exportAs(format)}
          </a>
        ))}
      </div>
    </section>
  );
}
