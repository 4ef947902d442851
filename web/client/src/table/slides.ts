/** How pieces get from where they lay to where they lie: by their ids, in the elements that are drawn. */

import { newsOf } from './news';
import type { Scene } from './vocabulary';

/** Where pieces lay that are about to move, and pictures of those that are about to go. */
export interface Before {
  at: ReadonlyMap<string, DOMRect>;
  gone: readonly Gone[];
}

interface Gone {
  parent: ParentNode & Node;
  ghost: Element;
}

const SLIDE_MS = 220;
const FADE_MS = 180;

/** While the old scene still stands; null when nothing moves or goes. */
export function looked(element: HTMLElement, old: Scene, scene: Scene): Before | null {
  const { moved, gone } = newsOf(old, scene);
  if (moved.length + gone.length === 0) return null;
  const drawn = drawnIn(element);
  const at = new Map<string, DOMRect>();
  for (const { id } of moved) {
    const piece = drawn.get(id);
    if (piece) at.set(id, piece.getBoundingClientRect());
  }
  return { at, gone: gone.flatMap(({ id }) => ghostsOf(drawn.get(id))) };
}

/** Once the new scene stands. */
export function animate(element: HTMLElement, before: Before | null, old: Scene, scene: Scene): void {
  const drawn = drawnIn(element);
  for (const [id, from] of before?.at ?? []) slide(drawn.get(id), from);
  for (const ghost of before?.gone ?? []) fade(ghost);
  for (const { id } of newsOf(old, scene).came) appear(drawn.get(id));
}

function drawnIn(element: HTMLElement): Map<string, Element> {
  return new Map(
    [...element.querySelectorAll('[data-id]')].map((piece) => [piece.getAttribute('data-id') ?? '', piece]),
  );
}

/** Only on boards: in a row the others close up, and a ghost would be in the way. */
function ghostsOf(piece: Element | undefined): Gone[] {
  const outer = piece?.parentElement;
  const parent = outer?.parentElement;
  if (!(piece instanceof SVGGElement) || !outer || !parent) return [];
  const ghost = outer.cloneNode(true) as Element;
  for (const named of ghost.querySelectorAll('[data-id]')) named.removeAttribute('data-id');
  return [{ parent, ghost }];
}

function slide(piece: Element | undefined, from: DOMRect): void {
  if (!piece || from.width === 0) return;
  const to = piece.getBoundingClientRect();
  const scale = piece instanceof SVGGraphicsElement && piece.tagName === 'g' ? (piece.getScreenCTM()?.a ?? 1) : 1;
  const [dx, dy] = [
    from.left + from.width / 2 - to.left - to.width / 2,
    from.top + from.height / 2 - to.top - to.height / 2,
  ];
  if (Math.hypot(dx, dy) < 1 || to.width === 0) return;
  piece.animate([{ transform: `translate(${dx / scale}px, ${dy / scale}px)` }, { transform: 'none' }], {
    duration: SLIDE_MS,
    easing: 'cubic-bezier(.25, .7, .3, 1)',
  });
}

function appear(piece: Element | undefined): void {
  piece?.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, easing: 'ease-out' });
}

function fade({ parent, ghost }: Gone): void {
  parent.prepend(ghost);
  const faded = ghost.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, easing: 'ease-in' });
  faded.addEventListener('finish', () => ghost.remove());
  faded.addEventListener('cancel', () => ghost.remove());
}
