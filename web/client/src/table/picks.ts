/**
 * Picking a move: every listed move is a sequence of picks (places, pieces, `#buttons`), and the
 * player walks down the tree of them. Two forms stand beside it: a subset of words, and a number.
 * Nothing here knows a rule; everything is a value.
 */

import { isNumberForm, isSubsetForm, type Legal, type NumberForm, type SubsetForm } from './vocabulary';

export interface Tree {
  readonly next: ReadonlyMap<string, Tree>;
  /** The move that is complete here. */
  readonly move?: string;
}

export interface Choices {
  readonly tree: Tree;
  readonly numbers: readonly NumberForm[];
  readonly subsets: readonly SubsetForm[];
  /** The picks of each listed move. */
  readonly picksOf: ReadonlyMap<string, readonly string[]>;
}

export interface Picking {
  /** The way down the tree so far. */
  readonly picked: readonly string[];
  /** The words chosen for a subset. */
  readonly words: readonly string[];
}

export const NOTHING: Picking = { picked: [], words: [] };

export const NO_CHOICES: Choices = { tree: { next: new Map() }, numbers: [], subsets: [], picksOf: new Map() };

interface Growing {
  next: Map<string, Growing>;
  move?: string;
}

export function choicesOf(legal: Legal | null | undefined): Choices {
  if (!legal) return NO_CHOICES;
  const tree: Growing = { next: new Map() };
  const numbers: NumberForm[] = [];
  const subsets: SubsetForm[] = [];
  const picksOf = new Map<string, readonly string[]>();
  legal.moves.forEach((move, i) => {
    if (typeof move === 'string') {
      const picks = legal.picks?.[i] ?? [move];
      picksOf.set(move, picks);
      grow(tree, picks, move);
    } else if (isNumberForm(move)) numbers.push(move);
    else if (isSubsetForm(move)) subsets.push(move);
  });
  return { tree, numbers, subsets, picksOf };
}

function grow(tree: Growing, picks: readonly string[], move: string): void {
  for (const word of picks) {
    const below = tree.next.get(word) ?? { next: new Map() };
    tree.next.set(word, below);
    tree = below;
  }
  tree.move = move;
}

/** Where a sequence of picks leads, or null where it leads nowhere. */
export function walk(tree: Tree, picked: readonly string[]): Tree | null {
  let at: Tree | undefined = tree;
  for (const word of picked) at = at?.next.get(word);
  return at ?? null;
}

export interface Pickable {
  /** What can be picked next on the way down the tree. */
  readonly next: ReadonlySet<string>;
  /** What can be taken into a subset, or out of it. */
  readonly words: ReadonlySet<string>;
}

const NO_WORDS: ReadonlySet<string> = new Set();

export function pickable(choices: Choices, picking: Picking): Pickable {
  const at = walk(choices.tree, picking.picked);
  const next = new Set(at?.next.keys());
  if (picking.picked.length || !choices.subsets.length) return { next, words: NO_WORDS };
  const chosen = new Set(picking.words);
  const open = choices.subsets.filter((form) => picking.words.every((word) => form[2].includes(word)));
  const words = open.flatMap((form) => (chosen.size < form[4] ? form[2] : form[2].filter((word) => chosen.has(word))));
  return { next, words: new Set(words.filter((word) => !next.has(word))) };
}

export interface Picked {
  readonly picking: Picking;
  /** The move that the last pick completed. */
  readonly move?: string;
}

/**
 * After picking one thing. Picking again what was picked last takes it back; picking another first
 * thing begins anew; picking what leads nowhere lets go of everything.
 */
export function pick(choices: Choices, picking: Picking, what: string): Picked {
  const below = walk(choices.tree, [...picking.picked, what]);
  if (below) return went(below, [...picking.picked, what]);
  if (!picking.picked.length && pickable(choices, picking).words.has(what)) return { picking: turned(picking, what) };
  if (picking.picked.at(-1) === what) return { picking: back(picking) };
  const anew = walk(choices.tree, [what]);
  return anew && picking.picked.length ? went(anew, [what]) : { picking: { ...picking, picked: [] } };
}

function went(to: Tree, picked: readonly string[]): Picked {
  const picking = { picked, words: [] };
  return to.move === undefined ? { picking } : { picking, move: to.move };
}

function turned(picking: Picking, word: string): Picking {
  const words = picking.words.includes(word)
    ? picking.words.filter((other) => other !== word)
    : [...picking.words, word];
  return { picked: [], words };
}

/** One step back: the last pick, or the words of a subset. */
export function back(picking: Picking): Picking {
  return picking.picked.length ? { ...picking, picked: picking.picked.slice(0, -1) } : NOTHING;
}

/** What is left of a picking when other moves have come: as much of it as still leads somewhere. */
export function kept(choices: Choices, picking: Picking): Picking {
  const known = new Set(choices.subsets.flatMap((form) => form[2]));
  const words = picking.words.filter((word) => known.has(word));
  const at = walk(choices.tree, picking.picked);
  const holds = at !== null && at.move === undefined && words.length === picking.words.length;
  return holds ? picking : { picked: at && at.move === undefined ? picking.picked : [], words };
}

/** The subset move with these words, or null while there are too few, too many or others. */
export function subsetMove(form: SubsetForm, words: readonly string[]): string | null {
  const [, verb, of, least, most] = form;
  const fits = words.length >= least && words.length <= most && words.every((word) => of.includes(word));
  return fits ? [verb, ...of.filter((word) => words.includes(word))].join(' ') : null;
}

/** The nearest number that the form allows. */
export function allowed(form: NumberForm, amount: number): number {
  const [, , low, high, step] = form;
  if (!Number.isFinite(amount)) return low;
  const steps = Math.round((Math.min(Math.max(amount, low), high) - low) / step);
  return Math.min(low + steps * step, low + Math.floor((high - low) / step) * step);
}

export function numberMove(form: NumberForm, amount: number): string {
  return `${form[1]} ${allowed(form, amount)}`;
}
