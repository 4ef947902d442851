/** From clicks, drags and keys to picks: one set of listeners for the whole table. */

import { useCallback, useRef } from 'preact/hooks';
import type { DragHandlers } from './drag';
import { later } from './later';
import { type Hints, type Model, offerAt, pickedAt } from './model';

const drag = later(() => import('./drag'));

export interface Input {
  model: Model;
  hints: Hints;
  /** `unsure`: the finger may have meant the place beside it. */
  onPick: (word: string, unsure?: boolean) => void;
  onBack: () => void;
  leadsOn: (word: string) => boolean;
}

/** One set of listeners for the whole table: click, drag, Enter, Space, Esc. */
export function useInput(input: Input) {
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
    if (word === null || word === undefined) return;
    const dragging = (): void => {
      dragged.current = true;
    };
    if (offer !== null && playable(now.current, target, offer)) {
      const handlers = {
        lift: () => {},
        drop: (_place: HTMLElement | null, under: Element | null) => {
          if (!under?.closest('.pt-table') || under.closest('.pt-lay') === target.closest('.pt-lay')) return false;
          now.current.onPick(offer);
          return true;
        },
        putBack: () => {},
      };
      void follow(event, target, handlers, dragging);
      return;
    }
    if (offer !== null && !liftable(now.current, target, offer)) return;
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
    void follow(event, target, handlers, dragging);
  }, []);
  return { onClick, onKeyDown, onPointerDown, onPointerEnter: drag.fetch };
}

/** A press that is over before the code for it is there was a click; one that went on by then is where it was seen last. */
async function follow(press: PointerEvent, target: HTMLElement, handlers: DragHandlers, moved: () => void): Promise<void> {
  const held = new AbortController();
  let last = press;
  const seen = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    last = event;
    if (event.type !== 'pointermove') held.abort();
  };
  for (const kind of ['pointermove', 'pointerup', 'pointercancel'] as const) window.addEventListener(kind, seen, held);
  const code = await drag.fetch();
  if (held.signal.aborted) return;
  held.abort();
  code?.follow(press, last, target, handlers, moved);
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

/** A card that is a whole move: it can be dragged away from where it lies, to anywhere else on the table. */
function playable({ hints, leadsOn }: Input, target: HTMLElement, offer: string): boolean {
  return target.dataset['piece'] !== undefined && !hints.can.words.has(offer) && !leadsOn(offer);
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
