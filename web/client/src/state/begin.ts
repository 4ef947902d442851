/** The ways into a lobby: with bots at once, with whoever waits, or as one likes it. Each ends at the lobby's id. */

import { RefusedError, type Client } from '../wire/client';
import type { ListedLobby } from './lobbies';
import type { GameInfo, LobbyView, OptionValues } from './views';

/** Who is to sit on a seat: we, a bot of that name, or whoever comes (null). */
export type Sitter = { readonly who: 'me' } | { readonly who: 'bot'; readonly name: string } | null;

export interface Wish {
  readonly game: string;
  readonly options: OptionValues;
  readonly listed: boolean;
  readonly sitters: readonly Sitter[];
}

/** Opens a lobby. Raises RefusedError. */
export async function openLobby(client: Client, wish: Wish): Promise<string> {
  const { game, options, listed, sitters } = wish;
  const lobby = await client.request({ message: 'CreateLobby', game, options, seats: sitters.length, listed });
  for (const [seat, sitter] of sitters.entries()) {
    if (sitter?.who === 'bot') await client.request({ message: 'AskBot', lobby, seat, bot: sitter.name });
  }
  for (const [seat, sitter] of sitters.entries()) {
    if (sitter?.who === 'me') await client.request({ message: 'TakeSeat', lobby, seat });
  }
  return lobby;
}

/** Everyone else a bot, and we on that seat. */
export function againstBot(seats: number, mine: number, bot: string): readonly Sitter[] {
  return Array.from({ length: seats }, (_, seat) => (seat === mine ? { who: 'me' } : { who: 'bot', name: bot }));
}

/** Joins the first lobby of the game in which a seat is free, or opens one that all can see. Raises RefusedError. */
export async function meetSomeone(client: Client, game: GameInfo, lobbies: readonly ListedLobby[]): Promise<string> {
  for (const { id } of lobbies.filter((lobby) => lobby.game === game.key)) {
    if (await joined(client, id)) return id;
  }
  const free: Sitter[] = Array.from({ length: game.seats[0] ?? 1 }, () => null);
  return openLobby(client, { game: game.key, options: {}, listed: true, sitters: free.with(0, { who: 'me' }) });
}

async function joined(client: Client, lobby: string): Promise<boolean> {
  try {
    const { members } = await client.api<LobbyView>(`/api/lobbies/${encodeURIComponent(lobby)}`);
    if (!members.some((member) => member.id === client.me.peek()?.player)) {
      await client.request({ message: 'TakeSeat', lobby, seat: null });
    }
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false; // somebody was faster
    throw error;
  }
}
