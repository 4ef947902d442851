import { useSignal } from '@preact/signals';
import { useMoreWords } from '../state/moreWords';
import { attempted, usePage } from '../state/page';
import { resultFor, resultText } from '../state/result';
import type { About, LobbyView, MatchView, Over, PresenceView } from '../state/views';
import type { Client } from '../wire/client';
import { Icon } from './Icon';

interface Props {
  readonly id: string;
  readonly about: About;
  readonly view: MatchView;
  readonly over: Over;
  readonly presence: PresenceView | null;
  readonly own: readonly number[];
  readonly names: readonly string[];
}

/** How it ended, and what comes next. */
export function ResultPanel({ id, about, view, over, presence, own, names }: Props) {
  const { match: words, next } = useMoreWords();
  const result = resultFor(over, own);
  const rematch = presence?.rematch?.lobby;
  return (
    <section class={`panel result result-${result.kind}`} aria-labelledby="result-title">
      <h2 id="result-title">{resultText(result, names, words)}</h2>
      {view.resigned.length > 0 && <p class="soft">{words.byResignation}</p>}
      <div class="buttons">
        {own.length > 0 ? (
          <RematchButton id={id} about={about} own={own} offered={rematch !== undefined} />
        ) : (
          rematch !== undefined && (
            <a class="button main" href={`/lobby/${rematch}`}>
              {next.watchRematch}
            </a>
          )
        )}
        <a class="button" href={`/?play=${encodeURIComponent(about.game)}`}>
          {next.nextGame}
        </a>
        <a class="button" href={`/replay/${id}`}>
          <Icon name="play" />
          {next.replay}
        </a>
      </div>
      <p role="status" class={rematch !== undefined ? '' : 'spoken'}>
        {rematch !== undefined && own.length > 0 ? next.rematchOffered : ''}
      </p>
    </section>
  );
}

interface RematchProps {
  readonly id: string;
  readonly about: About;
  readonly own: readonly number[];
  readonly offered: boolean;
}

/** One more with the same players: each sits one seat further on, and bots are asked again by the host. */
function RematchButton({ id, about, own, offered }: RematchProps) {
  const page = usePage();
  const words = useMoreWords().next;
  const busy = useSignal(false);
  const onAgain = async (): Promise<void> => {
    busy.value = true;
    const lobby = await attempted(page, openRematch(page.client, id, about, own));
    busy.value = false;
    if (lobby !== null) page.router.go({ page: 'lobby', id: lobby });
  };
  return (
    <button type="button" class="button main" disabled={busy.value} onClick={() => void onAgain()}>
      <Icon name="again" />
      {offered ? words.joinRematch : words.rematch}
    </button>
  );
}

async function openRematch(client: Client, id: string, about: About, own: readonly number[]): Promise<string> {
  const lobby = await client.request({ message: 'Rematch', match: id });
  const { seats, host, phase } = await client.api<LobbyView>(`/api/lobbies/${encodeURIComponent(lobby)}`);
  if (phase !== 'open') return lobby;
  const further = (seat: number): number => (seat + 1) % seats.length;
  if (host === client.me.peek()?.player) {
    for (const [seat, player] of about.players.entries()) {
      if (player.bot && seats[further(seat)] === null) {
        await client.request({ message: 'AskBot', lobby, seat: further(seat), bot: player.name });
      }
    }
  }
  for (const seat of own.map(further)) if (seats[seat] === null) await client.request({ message: 'TakeSeat', lobby, seat });
  return lobby;
}
