import { attempted, usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import { useBots } from '../state/bots';
import type { LobbySeat, LobbyView, Member } from '../state/views';
import { Icon } from './Icon';

/** The seats of a lobby and those who only look on, with what one may do about each. */
export function LobbySeats({ lobby }: { readonly lobby: LobbyView }) {
  const words = useMoreWords().lobby;
  const seated = new Set(lobby.seats.flatMap((seat) => (seat !== null && 'player' in seat ? [seat.player] : [])));
  const standing = lobby.members.filter((member) => !seated.has(member.id));
  return (
    <section aria-labelledby="seats-title" class="stack">
      <h2 id="seats-title">{words.seats}</h2>
      <ol class="seats">
        {lobby.seats.map((seat, at) => (
          <li key={at} class={`seat ${seat === null ? 'empty' : ''}`}>
            <span class="seat-number numbers" aria-hidden="true">
              {at + 1}
            </span>
            <SeatWords lobby={lobby} seat={seat} at={at} />
          </li>
        ))}
      </ol>
      {standing.length > 0 && (
        <div>
          <h3 class="small soft">{words.members}</h3>
          <ul class="seats">
            {standing.map((member) => (
              <li key={member.id} class="seat">
                <Person member={member} lobby={lobby} />
                <Kick lobby={lobby} whom={member.id} name={member.name} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function SeatWords({ lobby, seat, at }: { readonly lobby: LobbyView; readonly seat: LobbySeat; readonly at: number }) {
  const words = useMoreWords().lobby;
  if (seat === null) return <FreeSeat lobby={lobby} at={at} />;
  if ('bot' in seat) {
    return (
      <>
        <span class="seat-name">
          <Icon name="bot" />
          <bdi>{words.asking(seat.bot)}</bdi>
        </span>
        <Kick lobby={lobby} whom={seat.bot} name={seat.bot} calledOff />
      </>
    );
  }
  const member = lobby.members.find((one) => one.id === seat.player);
  return (
    <>
      <Person member={member} lobby={lobby} />
      <span class={seat.ready ? 'tag' : 'tag warn'}>{seat.ready ? words.ready : words.notReady}</span>
      <Kick lobby={lobby} whom={seat.player} name={member?.name ?? ''} />
      <StandUp lobby={lobby} player={seat.player} at={at} />
    </>
  );
}

function Person({ member, lobby }: { readonly member: Member | undefined; readonly lobby: LobbyView }) {
  const { client } = usePage();
  const words = useMoreWords();
  return (
    <span class="seat-name">
      <Icon name={member?.bot ? 'bot' : 'person'} />
      <bdi class="name" translate={false}>
        {member?.name ?? '…'}
      </bdi>
      {member?.id === client.me.value?.player && <span class="tag plain">{words.general.you}</span>}
      {member?.bot && <span class="tag plain">{words.general.bot}</span>}
      {member?.id === lobby.host && <span class="tag plain">{words.lobby.host}</span>}
    </span>
  );
}

function FreeSeat({ lobby, at }: { readonly lobby: LobbyView; readonly at: number }) {
  const page = usePage();
  const words = useMoreWords().lobby;
  const bots = useBots().value.get(lobby.game) ?? [];
  const { client } = page;
  const host = lobby.host === client.me.value?.player;
  const said = `${words.seat(at + 1)}: `;
  return (
    <>
      <span class="seat-name soft">{words.free}</span>
      <span class="buttons">
        <button
          type="button"
          class="button"
          aria-label={said + words.sitHere}
          onClick={() => void attempted(page, client.request({ message: 'TakeSeat', lobby: lobby.id, seat: at }))}
        >
          {words.sitHere}
        </button>
        {host && bots.length > 0 && (
          <select
            class="ask-bot"
            aria-label={said + words.askBot}
            value=""
            onChange={(event) => {
              const bot = event.currentTarget.value;
              event.currentTarget.value = '';
              if (bot) void attempted(page, client.request({ message: 'AskBot', lobby: lobby.id, seat: at, bot }));
            }}
          >
            <option value="">{words.askBot}</option>
            {bots.map((bot) => (
              <option key={bot} value={bot} translate={false}>
                {bot}
              </option>
            ))}
          </select>
        )}
      </span>
    </>
  );
}

function StandUp({ lobby, player, at }: { readonly lobby: LobbyView; readonly player: string; readonly at: number }) {
  const page = usePage();
  const words = useMoreWords().lobby;
  const { client } = page;
  if (player !== client.me.value?.player) return null;
  return (
    <button
      type="button"
      class="button quiet"
      aria-label={`${words.seat(at + 1)}: ${words.standUp}`}
      onClick={() => void attempted(page, client.request({ message: 'StandUp', lobby: lobby.id, seat: at }))}
    >
      {words.standUp}
    </button>
  );
}

interface KickProps {
  readonly lobby: LobbyView;
  readonly whom: string;
  readonly name: string;
  /** A bot that has been asked and has not come yet. */
  readonly calledOff?: boolean;
}

/** For the host, about everyone but themselves. */
function Kick({ lobby, whom, name, calledOff }: KickProps) {
  const page = usePage();
  const words = useMoreWords().lobby;
  const me = page.client.me.value?.player;
  if (lobby.host !== me || whom === me) return null;
  return (
    <button
      type="button"
      class="button quiet danger"
      aria-label={words.kickWho(name)}
      onClick={() => void attempted(page, page.client.request({ message: 'Kick', lobby: lobby.id, player: whom }))}
    >
      {calledOff ? words.callOff : words.kick}
    </button>
  );
}
