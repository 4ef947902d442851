import { useSignal } from '@preact/signals';
import { attempted, usePage } from '../state/page';
import { useHomeWords } from '../state/homeWords';
import { useMoreWords } from '../state/moreWords';
import { againstBot, meetSomeone, openLobby, type Sitter } from '../state/begin';
import type { ListedLobby } from '../state/lobbies';
import { usualOptions } from '../state/options';
import type { GameInfo } from '../state/views';
import { Dialog } from './Dialog';
import { GamePicture } from './GamePicture';
import { HowToPlay } from './HowToPlay';
import { Icon } from './Icon';
import { OptionsForm } from './OptionsForm';
import '../style/play.css';

interface Props {
  readonly game: GameInfo;
  readonly bots: readonly string[];
  readonly lobbies: readonly ListedLobby[] | null;
  readonly onClose: () => void;
}

/** The ways to play a game. */
export function PlayDialog({ game, bots, lobbies, onClose }: Props) {
  const page = usePage();
  const words = useMoreWords();
  const busy = useSignal(false);
  const own = useSignal(false);
  const begin = async (opening: Promise<string>): Promise<void> => {
    busy.value = true;
    const id = await attempted(page, opening);
    busy.value = false;
    if (id !== null) page.router.swap({ page: 'lobby', id });
  };
  return (
    <Dialog title={game.title} onClose={onClose} wide said>
      <div class="play-ways">
        <div class="play-picture">
          <GamePicture game={game.key} />
          <p class="soft">{useHomeWords().home.players(game.seats)}</p>
          <HowToPlay game={game.key} />
        </div>
        <div class="stack">
          <BotWay game={game} bots={bots} busy={busy.value} onBegin={(opening) => void begin(opening)} />
          <hr />
          <QuickWay game={game} lobbies={lobbies ?? []} busy={busy.value} onBegin={(opening) => void begin(opening)} />
          <hr />
          {own.value ? (
            <OwnWay game={game} bots={bots} busy={busy.value} onBegin={(opening) => void begin(opening)} />
          ) : (
            <div class="way">
              <p>
                <strong>{words.create.ownTitle}</strong>
                <br />
                <span class="soft">{words.create.ownLead}</span>
              </p>
              <button type="button" class="button" onClick={() => (own.value = true)}>
                {words.create.own}
              </button>
            </div>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface WayProps {
  readonly game: GameInfo;
  readonly busy: boolean;
  readonly onBegin: (opening: Promise<string>) => void;
}

function BotWay({ game, bots, busy, onBegin }: WayProps & { readonly bots: readonly string[] }) {
  const { client } = usePage();
  const words = useMoreWords().create;
  const bot = useSignal(bots[0] ?? '');
  const seats = useSignal(usualSeats(game));
  const seat = useSignal('any');
  if (!bots.length) return <p class="soft">{words.noBot}</p>;
  const start = (): void => {
    const mine = seat.value === 'any' ? Math.floor(Math.random() * seats.value) : Number(seat.value);
    const name = bots.includes(bot.value) ? bot.value : (bots[0] ?? '');
    onBegin(openLobby(client, { game: game.key, options: {}, listed: false, sitters: againstBot(seats.value, mine, name) }));
  };
  return (
    <form
      class="way"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <p>
        <strong>{words.botTitle}</strong>
        <br />
        <span class="soft">{words.botLead}</span>
      </p>
      <div class="row way-fields">
        {bots.length > 1 && (
          <label class="field">
            <span class="label small">{words.whichBot}</span>
            <select value={bot.value} onChange={(event) => (bot.value = event.currentTarget.value)}>
              {bots.map((name) => (
                <option key={name} value={name} translate={false}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {game.seats.length > 1 && (
          <SeatsSelect counts={game.seats} value={seats.value} onChange={(count) => ((seats.value = count), (seat.value = 'any'))} />
        )}
        {seats.value > 1 && (
          <label class="field">
            <span class="label small">{words.mySeat}</span>
            <select value={seat.value} onChange={(event) => (seat.value = event.currentTarget.value)}>
              <option value="any">{words.byLot}</option>
              {Array.from({ length: seats.value }, (_, at) => (
                <option key={at} value={String(at)}>
                  {words.seatOf(at + 1)}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="submit" class="button main" disabled={busy}>
          <Icon name="bot" />
          {words.bot}
        </button>
      </div>
    </form>
  );
}

function QuickWay({ game, lobbies, busy, onBegin }: WayProps & { readonly lobbies: readonly ListedLobby[] }) {
  const { client } = usePage();
  const words = useMoreWords().create;
  const waiting = lobbies.filter((lobby) => lobby.game === game.key).length;
  if (game.seats.at(-1) === 1) return null;
  return (
    <div class="way">
      <p>
        <strong>{words.quickTitle}</strong>
        <br />
        <span class="soft">{waiting ? words.quickWaiting(waiting) : words.quickLead}</span>
      </p>
      <button type="button" class="button" disabled={busy} onClick={() => onBegin(meetSomeone(client, game, lobbies))}>
        <Icon name="person" />
        {words.quick}
      </button>
    </div>
  );
}

function OwnWay({ game, bots, busy, onBegin }: WayProps & { readonly bots: readonly string[] }) {
  const { client } = usePage();
  const words = useMoreWords().create;
  const sitters = useSignal<readonly Sitter[]>(firstIsMine(usualSeats(game)));
  const options = useSignal(usualOptions(game.options));
  const listed = useSignal(false);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(openLobby(client, { game: game.key, options: options.value, listed: listed.value, sitters: sitters.value }));
      }}
    >
      <strong>{words.ownTitle}</strong>
      <OptionsForm schema={game.options} values={options.value} onChange={(values) => (options.value = values)} />
      {game.seats.length > 1 && (
        <SeatsSelect counts={game.seats} value={sitters.value.length} onChange={(count) => (sitters.value = firstIsMine(count))} />
      )}
      <fieldset class="sitters">
        <legend>{words.inSeats}</legend>
        {sitters.value.map((sitter, seat) => (
          <label key={seat} class="field">
            <span class="label small">{words.seatOf(seat + 1)}</span>
            <select
              value={textOf(sitter)}
              onChange={(event) => (sitters.value = sitters.value.with(seat, sitterOf(event.currentTarget.value)))}
            >
              <option value="">{words.free}</option>
              <option value="me">{words.mine}</option>
              {bots.map((name) => (
                <option key={name} value={`bot ${name}`} translate={false}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>{words.who}</legend>
        {[false, true].map((shown) => (
          <label key={String(shown)} class="choice">
            <input type="radio" name="listed" checked={listed.value === shown} onChange={() => (listed.value = shown)} />
            <span>{shown ? words.listed : words.byLink}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button main" disabled={busy}>
        {words.start}
      </button>
    </form>
  );
}

interface SeatsProps {
  readonly counts: readonly number[];
  readonly value: number;
  readonly onChange: (count: number) => void;
}

export function SeatsSelect({ counts, value, onChange }: SeatsProps) {
  const words = useMoreWords();
  return (
    <label class="field">
      <span class="label small">{words.create.seats}</span>
      <select value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {counts.map((count) => (
          <option key={count} value={count}>
            {words.general.number(count)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** For two where that is possible. */
function usualSeats(game: GameInfo): number {
  return game.seats.includes(2) ? 2 : (game.seats[0] ?? 1);
}

function firstIsMine(seats: number): readonly Sitter[] {
  return Array.from({ length: seats }, (_, seat) => (seat === 0 ? { who: 'me' } : null));
}

function textOf(sitter: Sitter): string {
  return sitter === null ? '' : sitter.who === 'me' ? 'me' : `bot ${sitter.name}`;
}

function sitterOf(text: string): Sitter {
  if (text === 'me') return { who: 'me' };
  return text.startsWith('bot ') ? { who: 'bot', name: text.slice(4) } : null;
}
