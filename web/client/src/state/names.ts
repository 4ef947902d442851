/** What players are called where each must be told from the others. */

/** Their names by seat; from the second of a name on with a number, as when one bot sits on three seats. */
export function namesOf(players: readonly { readonly name: string }[]): readonly string[] {
  const seen = new Map<string, number>();
  return players.map(({ name }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
