/** Any game, drawn and played: a function of table, scene, legal moves and picks. No rule is known here. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Actions } from './Actions';
import { Paints } from './art/art';
import { useInput } from './input';
import { Strays } from './Lay';
import { groundOf, type Hints, type Model, modelOf } from './model';
import { Motion } from './Motion';
import { announcement } from './news';
import { back, choicesOf, kept, NO_CHOICES, NOTHING, pick, pickable, type Picking, walk } from './picks';
import { Places } from './Places';
import './table.css';
import type { Legal, Scene, Table } from './vocabulary';
import { ENGLISH, type Words, withNames } from './words';
import { ZoneView, zonesClass } from './ZoneView';

export interface TableOptions {
  /** Turned round, where the table allows it; the second seat has its own side at the bottom anyway. */
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
  const turned = table.flip === true && flip !== (seat === (table.top ?? 1));
  const { reach } = scene;
  const ground = useMemo(
    () => groundOf(table, { flip: turned, tall, reach }, seat),
    [table, turned, tall, seat, reach],
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
  const offered = useRef(choices.picksOf); // while a move is under way there are no legal ones
  if (legal) offered.current = choices.picksOf;
  const pendingPicks = useMemo(() => picksOfMove(pending, offered.current) ?? heldPicks ?? [], [pending, heldPicks]);
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
            <ZoneView key={zone.id} zone={zone} Places={Places} {...shown} />
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
      <News scene={scene} seat={seat} names={names} />
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

/**
 * Says what happened to who cannot see it; at first nothing, since the table itself is read then, and through other eyes
 * only how things stand: what they see besides is no news.
 */
function News({ scene, seat, names }: { scene: Scene; seat: number | null; names: TableViewProps['names'] }) {
  const before = useRef<{ scene: Scene; seat: number | null } | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const was = before.current;
    if (was && was.scene !== scene) setSaid(announcement(was.seat === seat ? was.scene : scene, scene));
    before.current = { scene, seat };
  }, [scene, seat]);
  return (
    <div class="pt-unseen" role="status" aria-live="polite">
      {withNames(said, names)}
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
