/** What the table itself says; a page hands over another language. */

export interface Words {
  canBePicked: string;
  picked: string;
  empty: string;
  board: string;
  pieces: string;
  actions: string;
  undo: string;
  confirm: string;
  cancel: string;
  amount: string;
  search: string;
  noneFound: string;
  other: string;
  sending: string;
  /** `{label}` and `{count}`. */
  several: string;
  /** `{chosen}`, `{least}` and `{most}`. */
  chosen: string;
  /** `{number}` of a seat whose player has no name here. */
  player: string;
}

export const ENGLISH: Words = {
  canBePicked: 'can be picked',
  picked: 'picked',
  empty: 'empty',
  board: 'Board',
  pieces: 'Pieces',
  actions: 'Moves',
  undo: 'Undo',
  confirm: 'Play',
  cancel: 'Cancel',
  amount: 'Amount',
  search: 'Search moves',
  noneFound: 'No move like that',
  other: 'Elsewhere',
  sending: 'Sending…',
  several: '{label} × {count}',
  chosen: '{chosen} of {most}',
  player: 'Player {number}',
};

export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A title or label of a game with the players' names for “Player 1” …; `names` by seat. */
export function withNames(text: string, names: readonly (string | null | undefined)[] | undefined): string {
  if (!names?.length) return text;
  return text.replace(/\bPlayer (\d{1,2})\b/g, (whole, number: string) => names[Number(number) - 1] || whole);
}

/** A word as the label of a button: `#roll 2` and `roll 2` become `Roll 2`, but `axb5` is left as it is. */
export function buttonLabel(pick: string): string {
  const text = pick.startsWith('#') ? pick.slice(1) : pick;
  return /^\p{Ll}{2,}(?!\S)/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
