/** Any game, drawn and played: a function of table, scene, legal moves and picks. No rule is known here. */

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Actions } from './Actions';
import { Paints } from './art/art';
import { Board, type Hints } from './Board';
import { follow } from './drag';
import { Lay, Strays } from './Lay';
import { type Ground, groundOf, isBoard, isLay, type Model, modelOf, offerAt, pickedAt } from './model';
import { Motion } from './Motion';
import { announcement } from './news';
import { back, choicesOf, kept, NO_CHOICES, NOTHING, pick, pickable, type Picking, walk } from './picks';
import { Sheet } from './Sheet';
import './table.css';
import type { Legal, Scene, Table, Zone } from './vocabulary';
import { ENGLISH, type Words } from './words';

export interface TableOptions {
  /** Turned round, where the table allows it. */
  readonly flip?: boolean;
  /** Dots on what can be picked. */
  readonly targets?: boolean;
  readonly motion?: boolean;
  /** Names of files and ranks. */
  readonly labels?: boolean;
  /** A complete move waits for a button. */
  readonly confirm?: boolean;
}

export interface TableViewProps {
  table: Table;
  scene: Scene;
  /** The moves of `seat`, while it owes one. */
  legal?: Legal | null | undefined;
  seat?: number | null | undefined;
  onMove?: ((move: string) => void) | undefined;
  /** The move that was sent and has no answer yet. */
  pending?: string | null | undefined;
  disabled?: boolean | undefined;
  /** Of the players, by seat: they stand for “Player 1” … in titles. */
  names?: readonly (string | null | undefined)[] | undefined;
  options?: TableOptions | undefined;
  words?: Words | undefined;
}

export function TableView(props: TableViewProps) {
  const {
    table,
    scene,
    legal,
    seat = null,
    onMove,
    pending = null,
    disabled = false,
    names,
    options = {},
    words = ENGLISH,
  } = props;
  const { flip = false, targets = true, motion = true, labels = true, confirm = false } = options;
  const root = useRef<HTMLDivElement>(null);
  const tall = useNarrow();
  const ground = useMemo(
    () => groundOf(table, { flip: flip && table.flip === true, tall }, seat),
    [table, flip, tall, seat],
  );
  const model = useMemo(() => modelOf(ground, scene), [ground, scene]);
  const choices = useMemo(() => choicesOf(legal), [legal]);
  const [wanted, setPicking] = useState<Picking>(NOTHING);
  const [heldMove, setHeld] = useState<string | null>(null);

  const waiting = disabled || pending !== null || !onMove || !legal;
  const picking = waiting ? NOTHING : kept(choices, wanted);
  const held = heldMove !== null && choices.picksOf.has(heldMove) && !waiting ? heldMove : null;
  const can = useMemo(() => pickable(waiting ? NO_CHOICES : choices, picking), [choices, picking, waiting]);
  const heldPicks = held === null ? undefined : choices.picksOf.get(held);
  const pendingPicks = useMemo(
    () => picksOfMove(pending, choices.picksOf) ?? heldPicks ?? [],
    [pending, choices, heldPicks],
  );
  const hints: Hints = useMemo(
    () => ({ can, picking, pending: pendingPicks, targets }),
    [can, picking, pendingPicks, targets],
  );

  const send = (move: string) => {
    setPicking(NOTHING);
    setHeld(null);
    onMove?.(move);
  };
  const onPick = (word: string, unsure = false) => {
    if (waiting) return;
    const picked = pick(choices, picking, word);
    const ask = (confirm || unsure) && picked.move !== held;
    setHeld(null);
    if (picked.move === undefined) setPicking(picked.picking);
    else if (ask) {
      setPicking(NOTHING);
      setHeld(picked.move);
    } else send(picked.move);
  };
  const onBack = () => {
    setHeld(null);
    setPicking(held === null ? back(picking) : NOTHING);
  };

  const input = useInput({
    model,
    hints,
    onPick,
    onBack,
    leadsOn: (word) => walk(choices.tree, [word])?.next.size !== 0,
  });
  useFocusKept(root);
  const shown = { model, hints, labels, seat, names, words };
  const busy =
    !waiting &&
    (hasActions(model, choices.picksOf, picking.picked) ||
      choices.numbers.length + choices.subsets.length > 0 ||
      held !== null);

  return (
    <div
      class="pt-table"
      ref={root}
      tabindex={-1}
      data-waiting={waiting || undefined}
      data-pending={pending !== null || undefined}
      {...input}
    >
      <Paints />
      <Motion scene={scene} ground={ground} on={motion && !stillWanted()} root={() => root.current}>
        <div class={zonesClass(ground)}>
          {ground.zones.map((zone) => (
            <ZoneView key={zone.id} zone={zone} {...shown} />
          ))}
          <Strays pieces={model.strays} hints={hints} names={names} words={words} />
        </div>
      </Motion>
      {busy && (
        <Actions
          model={model}
          choices={choices}
          can={can}
          picking={picking}
          held={held}
          disabled={waiting}
          words={words}
          onPick={onPick}
          onMove={send}
          onBack={onBack}
        />
      )}
      <News scene={scene} />
    </div>
  );
}

/** Cards and dice without a board lie on a cloth. */
function zonesClass(ground: Ground): string {
  return ground.layouts.size ? 'pt-zones' : 'pt-zones pt-cloth';
}

interface Shown {
  model: Model;
  hints: Hints | null;
  labels: boolean;
  seat: number | null;
  names: readonly (string | null | undefined)[] | undefined;
  words: Words;
}

function ZoneView({ zone, model, hints, labels, seat, names, words }: Shown & { zone: Zone }) {
  const layout = model.layouts.get(zone.id);
  if (isBoard(zone) && layout)
    return (
      <div class="pt-zone pt-boarded">
        {zone.title && <div class="pt-title">{zone.title}</div>}
        <Board zone={zone} layout={layout} model={model} hints={hints} labels={labels} words={words} />
      </div>
    );
  if (isLay(zone)) return <Lay zone={zone} model={model} hints={hints} seat={seat} names={names} words={words} />;
  if (zone.kind === 'sheet') return <Sheet zone={zone} model={model} hints={hints} names={names} words={words} />;
  return null;
}

/** The same drawing without input, for a card. Without a label it is an ornament. */
export function TablePicture({ table, scene, label }: { table: Table; scene: Scene; label?: string }) {
  const ground = useMemo(() => groundOf(table, {}, null), [table]);
  const model = useMemo(() => modelOf(ground, scene), [ground, scene]);
  const boards = ground.zones.filter(isBoard);
  const zones = boards.length ? boards : ground.zones;
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return (
    <div class={`pt-table pt-picture pt-picture-${Math.min(boards.length, 3)}`} {...spoken}>
      <Paints />
      <div class={zonesClass(ground)}>
        {zones.map((zone) => (
          <ZoneView
            key={zone.id}
            zone={zone}
            model={model}
            hints={null}
            labels={false}
            seat={null}
            names={undefined}
            words={ENGLISH}
          />
        ))}
      </div>
    </div>
  );
}

/** The picks of a move that was listed; of a form, its words. */
function picksOfMove(move: string | null, picksOf: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  return move === null ? null : (picksOf.get(move) ?? move.split(' ').slice(1));
}

/** Whether some move needs a button, so that the bar keeps its place from pick to pick. */
function hasActions(model: Model, picksOf: ReadonlyMap<string, readonly string[]>, picked: readonly string[]): boolean {
  if (picked.length > 1) return true;
  for (const picks of picksOf.values()) if (picks.some((word) => !model.drawn.has(word))) return true;
  return false;
}

interface Input {
  model: Model;
  hints: Hints;
  /** `unsure`: the finger may have meant the place beside it. */
  onPick: (word: string, unsure?: boolean) => void;
  onBack: () => void;
  leadsOn: (word: string) => boolean;
}

/** One set of listeners for the whole table: click, drag, Enter, Space, Esc. */
function useInput(input: Input) {
  const now = useRef(input);
  now.current = input;
  const dragged = useRef(false);
  const byFinger = useRef(false);
  const onClick = useCallback((event: MouseEvent) => {
    if (dragged.current) {
      dragged.current = false;
      return;
    }
    const target = touched(event.target);
    if (target) pickAt(now.current, target, byFinger.current && tooSmall(target));
  }, []);
  const onKeyDown = useCallback((event: KeyboardEvent) => {
    const { hints, onBack } = now.current;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === 'Escape' && (hints.picking.picked.length || hints.picking.words.length || hints.pending.length)) {
      event.preventDefault();
      onBack();
    } else if ((event.key === 'Enter' || event.key === ' ') && target?.getAttribute('role') === 'gridcell') {
      event.preventDefault();
      pickAt(now.current, target, false);
    }
  }, []);
  const onPointerDown = useCallback((event: PointerEvent) => {
    dragged.current = false;
    byFinger.current = event.pointerType === 'touch';
    const target = touched(event.target);
    if (!target || event.button !== 0 || !event.isPrimary) return;
    const picked = pickedOn(now.current, target);
    const offer = offerOn(now.current, target);
    const lifts = picked === now.current.hints.picking.picked.at(-1) ? picked : null;
    const word = offer ?? lifts;
    if (word === null || word === undefined || (offer !== null && !liftable(now.current, target, offer))) return;
    const handlers = {
      lift: () => {
        if (now.current.hints.picking.picked.at(-1) !== word) now.current.onPick(word);
      },
      drop: (place: HTMLElement | null) => {
        const on = place && offerOn(now.current, place);
        if (on === null || on === undefined || on === '') return false;
        now.current.onPick(on);
        return true;
      },
      putBack: () => now.current.onBack(),
    };
    follow(event, target, handlers, () => {
      dragged.current = true;
    });
  }, []);
  return { onClick, onKeyDown, onPointerDown };
}

const FINGER_PX = 30;

/** A place that a finger easily misses: what is picked there waits to be confirmed. */
function tooSmall(target: HTMLElement): boolean {
  const { width, height } = target.getBoundingClientRect();
  return Math.min(width, height) < FINGER_PX;
}

function touched(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-piece], [data-place]') : null;
}

/** What this element offers to pick: a piece itself, or what is at its place. */
function offerOn({ model, hints }: Input, target: HTMLElement): string | null {
  const { piece } = target.dataset;
  if (piece !== undefined && (hints.can.next.has(piece) || hints.can.words.has(piece))) return piece;
  const place = target.closest<HTMLElement>('[data-place]')?.dataset['place'];
  if (place === undefined) return null;
  if (piece !== undefined) return hints.can.next.has(place) ? place : null;
  return offerAt(model, hints.can, place);
}

function pickedOn({ model, hints }: Input, target: HTMLElement): string | null {
  const { piece, place } = target.dataset;
  if (piece !== undefined) return hints.picking.picked.includes(piece) ? piece : null;
  return place === undefined ? null : pickedAt(model, hints.picking, place);
}

function liftable({ model, hints, leadsOn }: Input, target: HTMLElement, offer: string): boolean {
  if (hints.can.words.has(offer)) return false;
  const lies = target.dataset['piece'] !== undefined || model.pieces.has(target.dataset['place'] ?? '');
  return lies && (hints.picking.picked.length > 0 || leadsOn(offer));
}

/** A click: picks what is offered, takes back what was picked last, or lets go of all. */
function pickAt(input: Input, target: HTMLElement, unsure: boolean): void {
  const word = offerOn(input, target) ?? pickedOn(input, target) ?? againOn(input, target);
  if (word !== null) input.onPick(word, unsure);
}

/** Something else to begin with, or nothing at all: the picks so far are let go of. */
function againOn({ hints }: Input, target: HTMLElement): string | null {
  if (!hints.picking.picked.length) return null;
  return target.dataset['piece'] ?? target.dataset['place'] ?? null;
}

/** Says what happened to who cannot see it; at first nothing, since the table itself is read then. */
function News({ scene }: { scene: Scene }) {
  const before = useRef<Scene | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current && before.current !== scene) setSaid(announcement(before.current, scene));
    before.current = scene;
  }, [scene]);
  return (
    <div class="pt-unseen" role="status" aria-live="polite">
      {said}
    </div>
  );
}

/** When what had the focus is there no more, the table has it: nobody is thrown back to the top of the page. */
function useFocusKept(root: { current: HTMLElement | null }): void {
  const had = useRef(false);
  useLayoutEffect(() => {
    const element = root.current;
    if (element && had.current && document.activeElement === document.body) element.focus({ preventScroll: true });
    had.current = element?.contains(document.activeElement) ?? false;
  });
  useEffect(() => {
    const element = root.current;
    const note = () => {
      had.current = element?.contains(document.activeElement) ?? false;
    };
    element?.addEventListener('focusin', note);
    return () => element?.removeEventListener('focusin', note);
  }, [root]);
}

function stillWanted(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}

const NARROW = '(max-width: 600px) and (orientation: portrait)';

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => typeof matchMedia === 'function' && matchMedia(NARROW).matches);
  useEffect(() => {
    if (typeof matchMedia !== 'function') return undefined;
    const query = matchMedia(NARROW);
    const change = () => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return narrow;
}
