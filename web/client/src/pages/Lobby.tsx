import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Chat } from '../parts/Chat';
import { ConnectionBanner } from '../parts/Connection';
import { GamePicture } from '../parts/GamePicture';
import { HowToPlay } from '../parts/HowToPlay';
import { Icon } from '../parts/Icon';
import { LobbySeats } from '../parts/LobbySeats';
import { OptionsList } from '../parts/OptionsForm';
import { ShareLink } from '../parts/ShareLink';
import { Main } from '../parts/Shell';
import { useBots } from '../state/bots';
import { attempted, usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import type { LobbyView, OptionsSchema } from '../state/views';
import '../style/lobby.css';

/** A match that has not begun: who sits, who is ready, who may still come. Goes over into the match by itself. */
export function Lobby({ id }: { readonly id: string }) {
  const { client, router, games, expected } = usePage();
  const words = useMoreWords();
  const feed = useMemo(() => client.watch<LobbyView>(`lobby/${id}`), [client, id]);
  useEffect(() => () => feed.close(), [feed]);
  const lobby = feed.view.value;
  const started = lobby?.phase === 'started';
  useEffect(() => {
    if (started) router.swap({ page: 'match', id });
  }, [started, id, router]);
  const sits = lobby?.phase === 'open' && lobby.seats.some((seat) => seat && 'player' in seat && seat.player === client.me.value?.player);
  useEffect(() => {
    if (sits) expected.expect(id);
  }, [sits, id, expected]);
  const ended = feed.ended.value;
  if (ended && !lobby) return <NoLobby sentence={ended.sentence} />;
  if (lobby?.phase === 'closed') return <NoLobby sentence={null} />;
  if (!lobby) {
    return (
      <Main title={words.general.loading} unseen>
        <ConnectionBanner />
        <p role="status">{words.general.loading}</p>
      </Main>
    );
  }
  const game = games.find(lobby.game);
  return (
    <Main title={words.lobby.title(games.title(lobby.game))} class="lobby">
      <ConnectionBanner />
      <div class="lobby-grid">
        <div class="stack">
          <Waiting lobby={lobby} />
          <LobbySeats lobby={lobby} />
          <LobbyActions lobby={lobby} />
        </div>
        <div class="stack">
          <section class="panel" aria-labelledby="invite-title">
            <div class="row spread">
              <h2 id="invite-title">{words.lobby.invite}</h2>
              <span class="tag plain numbers">
                <span>{words.lobby.code(id)}</span>
              </span>
            </div>
            <p class="soft">{words.lobby.inviteLead}</p>
            <ShareLink address={`${location.origin}/lobby/${id}`} title={games.title(lobby.game)} />
          </section>
          <section class="panel lobby-game" aria-labelledby="options-title">
            <div class="row spread">
              <h2 id="options-title">{words.lobby.options}</h2>
              <HowToPlay game={lobby.game} />
            </div>
            <div class="row lobby-facts">
              <GamePicture game={lobby.game} />
              <LobbyOptions schema={game?.options ?? {}} lobby={lobby} />
            </div>
          </section>
          <Chat id={id} canSpeak={lobby.members.some((member) => member.id === client.me.value?.player)} />
        </div>
      </div>
    </Main>
  );
}

function LobbyOptions({ schema, lobby }: { readonly schema: OptionsSchema; readonly lobby: LobbyView }) {
  const words = useMoreWords();
  return (
    <div class="stack">
      {Object.keys(schema.properties ?? {}).length ? (
        <OptionsList schema={schema} values={lobby.options} />
      ) : (
        <p class="soft">{words.create.noOptions}</p>
      )}
      <p class="soft small">{lobby.listed ? words.lobby.listed : words.lobby.unlisted}</p>
    </div>
  );
}

function NoLobby({ sentence }: { readonly sentence: string | null }) {
  const words = useMoreWords();
  return (
    <Main title={sentence === null ? words.lobby.closed : words.lobby.gone} class="narrow">
      <p lang={sentence === null ? undefined : 'en'}>{sentence ?? words.lobby.closedWhy}</p>
      <p>
        <a class="button main" href="/">
          {words.general.backHome}
        </a>
      </p>
    </Main>
  );
}

/** What is still missing, in one sentence. */
function Waiting({ lobby }: { readonly lobby: LobbyView }) {
  const words = useMoreWords().lobby;
  const missing = lobby.seats.filter((seat) => seat === null || !('player' in seat)).length;
  return (
    <div>
      <p class="waiting" role="status">
        <span class="pulse" aria-hidden="true" />
        {missing ? words.waiting(missing) : words.waitingReady}
      </p>
      <p class="soft">{words.startsItself}</p>
    </div>
  );
}

/** What one can do here as a whole: sit down, be ready, fill up with bots, start, leave. */
function LobbyActions({ lobby }: { readonly lobby: LobbyView }) {
  const page = usePage();
  const { client } = page;
  const words = useMoreWords().lobby;
  const bots = useBots().value.get(lobby.game) ?? [];
  const me = client.me.value?.player;
  const host = lobby.host === me;
  const taken = lobby.seats.filter((seat) => seat !== null && 'player' in seat);
  const mine = taken.find((seat) => seat.player === me);
  const free = lobby.seats.flatMap((seat, at) => (seat === null ? [at] : []));
  const counts = page.games.find(lobby.game)?.seats ?? [];
  const here = lobby.members.some((member) => member.id === me);
  const fill = async (): Promise<void> => {
    const bot = bots[0];
    if (!bot) return;
    for (const seat of free) await client.request({ message: 'AskBot', lobby: lobby.id, seat, bot });
  };
  const leave = async (): Promise<void> => {
    await attempted(page, client.request({ message: 'LeaveLobby', lobby: lobby.id }));
    page.router.go({ page: 'home', play: null });
  };
  return (
    <div class="stack">
      {!mine && free.length > 0 && <SitDown lobby={lobby} />}
      <div class="buttons">
        {mine && (
          <button
            type="button"
            class={mine.ready ? 'button' : 'button main'}
            onClick={() => void attempted(page, client.request({ message: 'SetReady', lobby: lobby.id, ready: !mine.ready }))}
          >
            {!mine.ready && <Icon name="check" />}
            {mine.ready ? words.setNotReady : words.setReady}
          </button>
        )}
        {host && mine && free.length > 0 && bots.length > 0 && (
          <button type="button" class="button main" onClick={() => void attempted(page, fill())}>
            <Icon name="bot" />
            {free.length > 1 ? words.botsNow : words.botNow}
          </button>
        )}
        {host && taken.length < lobby.seats.length && counts.includes(taken.length) && (
          <button type="button" class="button" onClick={() => void attempted(page, client.request({ message: 'StartMatch', lobby: lobby.id }))}>
            <Icon name="play" />
            {words.start(taken.length)}
          </button>
        )}
        {here && (
          <button type="button" class="button danger" onClick={() => void leave()}>
            {words.leave}
          </button>
        )}
      </div>
    </div>
  );
}

/** For who has come by a link: under which name, and down one sits. */
function SitDown({ lobby }: { readonly lobby: LobbyView }) {
  const page = usePage();
  const words = useMoreWords().lobby;
  const { client } = page;
  const name = useSignal<string | null>(null);
  const sit = async (): Promise<void> => {
    const wanted = name.value?.trim();
    if (wanted && wanted !== client.me.value?.name) client.rename(wanted);
    await client.request({ message: 'TakeSeat', lobby: lobby.id, seat: null });
  };
  return (
    <form
      class="panel sit"
      onSubmit={(event) => {
        event.preventDefault();
        void attempted(page, sit());
      }}
    >
      <label class="field">
        <span class="label">{words.yourName}</span>
        <input
          type="text"
          autocomplete="nickname"
          maxLength={32}
          required
          value={name.value ?? client.me.value?.name ?? ''}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button main large">
        {words.sitDown}
      </button>
    </form>
  );
}
