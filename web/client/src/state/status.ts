/** What the line above the table says. */

import type { Words } from '../words';
import { withNames } from '../table/words';
import type { MatchView } from './views';

export interface StatusLine {
  readonly text: string;
  /** The server's English, with the players' names. */
  readonly said: boolean;
}

/** The usual states are said in the page's language; what only the game knows, in the game's own words. */
export function statusOf(view: MatchView, names: readonly string[], words: Words['match']): StatusLine {
  const { key, text } = view.scene.status;
  if (view.over && view.resigned.length) return { text: words.over, said: false }; // the game itself would go on
  if (!view.over && key === 'to_move') return { text: words.turnOf(view.turn.map((seat) => names[seat] ?? '')), said: false };
  if (key === 'draw') return { text: words.drawn, said: false };
  return { text: withNames(text, names), said: true };
}
