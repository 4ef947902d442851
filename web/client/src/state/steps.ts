/** A match version by version: how it looked, and who did what. */

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { newsOf } from '../table/news';
import type { Piece } from '../table/vocabulary';
import { patched } from '../wire/patches';
import type { HistoryAnswer, MatchView, Moved } from './views';

export type Deed =
  | { readonly kind: 'start' }
  /** `text` is null while it may be a secret; `piece` is then the one in which it shows, if there is one. */
  | { readonly kind: 'move'; readonly seat: number; readonly text: string | null; readonly piece?: string }
  | { readonly kind: 'resigned'; readonly seat: number }
  | { readonly kind: 'other' };

/** What led to a version, and how it looks then. */
export interface Step {
  readonly deed: Deed;
  readonly view: MatchView;
}

/** The versions of a match from 0 on; `at` is the one that is looked back at, null for the newest. */
export interface Steps {
  readonly all: ReadonlySignal<readonly Step[]>;
  readonly at: ReadonlySignal<number | null>;
  readonly shown: ReadonlySignal<Step | null>;
  /** Looks at that version; the newest, and all beyond, is live. */
  look(version: number): void;
  live(): void;
  /** All steps anew, as the server tells them. */
  tell(answer: HistoryAnswer): void;
  /** One more version; false when it does not follow. One that is there already is passed over. */
  add(version: number, view: MatchView): boolean;
  clear(): void;
}

/** `at` may be shared by several who look at the same version. */
export function createSteps(at: Signal<number | null> = signal(null)): Steps {
  const all = signal<readonly Step[]>([]);
  const shown = computed(() => all.value[at.value ?? all.value.length - 1] ?? null);
  const look = (version: number): void => {
    at.value = version >= all.peek().length - 1 ? null : Math.max(0, version);
  };
  const add = (version: number, view: MatchView): boolean => {
    const before = all.peek();
    const last = before.at(-1);
    if (version < before.length) return true;
    if (version > before.length || !last) return false;
    all.value = [...before, { view, deed: deedBetween(last.view, view, view.last) }];
    return true;
  };
  return {
    all,
    at,
    shown,
    look,
    add,
    live: () => (at.value = null),
    tell: (answer) => (all.value = stepsOf(answer)),
    clear: () => {
      all.value = [];
    },
  };
}

export function stepsOf(answer: HistoryAnswer): readonly Step[] {
  let view = answer.first;
  const steps: Step[] = [{ view: seen(view), deed: { kind: 'start' } }];
  for (const [index, patch] of answer.patches.entries()) {
    const before = seen(view);
    view = patched(view, patch);
    steps.push({ view: seen(view), deed: deedBetween(before, seen(view), answer.moves[index]) });
  }
  return steps;
}

/** What happened between two versions in a row; `moved` is the newest move where it is no secret. */
export function deedBetween(before: MatchView, after: MatchView, moved: Moved | null | undefined): Deed {
  const gaveUp = after.resigned.find((seat) => !before.resigned.includes(seat));
  if (gaveUp !== undefined) return { kind: 'resigned', seat: gaveUp };
  if (moved) return { kind: 'move', seat: moved[0], text: moved[1] };
  const done = before.turn.filter((seat) => !after.turn.includes(seat));
  const seat = done.length === 1 ? done[0] : before.turn.length === 1 ? before.turn[0] : undefined;
  if (seat === undefined) return { kind: 'other' };
  const piece = onlyPiece(before, after);
  return { kind: 'move', seat, text: null, ...(piece !== null && { piece }) };
}

/** The label of the one piece, not covered, that came or changed, or else went elsewhere; where several did, none tells what was done. */
function onlyPiece(before: MatchView, after: MatchView): string | null {
  const { moved, came, changed } = newsOf(before.scene, after.scene);
  const fresh = bare([...came, ...changed]);
  const [piece, ...more] = fresh.length ? fresh : bare(moved);
  return piece && !more.length ? piece.label : null;
}

function bare(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(({ art }) => !art.endsWith(':?'));
}

function seen(view: object): MatchView {
  return view as MatchView;
}

/** Steps by the keys of a film: , and . go one back and one on, < and > to the ends. Returns what stops it. */
export function stepByKeys(steps: Steps): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog')) return;
    const newest = steps.all.peek().length - 1;
    const at = steps.at.peek() ?? newest;
    const to = { ',': at - 1, '.': at + 1, '<': 0, '>': newest }[event.key];
    if (to !== undefined) steps.look(to);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
