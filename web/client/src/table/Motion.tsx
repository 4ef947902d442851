/** Lets pieces slide from where they lay to where they lie, by their ids. */

import { Component, type ComponentChildren } from 'preact';
import { newsOf } from './news';
import type { Scene } from './vocabulary';

interface Props {
  scene: Scene;
  /** When this changes too (another table, the board flipped), nothing moves: all of it does. */
  ground: unknown;
  on: boolean;
  root: () => HTMLElement | null;
  children: ComponentChildren;
}

interface Before {
  at: ReadonlyMap<string, DOMRect>;
  gone: readonly Gone[];
}

interface Gone {
  parent: ParentNode & Node;
  ghost: Element;
}

const SLIDE_MS = 220;
const FADE_MS = 180;

export class Motion extends Component<Props> {
  /** Called when the new scene is known and the old one still stands. */
  override getSnapshotBeforeUpdate(old: Readonly<Props>): Before | null {
    const { scene, ground, on, root } = this.props;
    const element = root();
    if (!on || !element || old.scene === scene || old.ground !== ground) return null;
    const { moved, gone } = newsOf(old.scene, scene);
    if (moved.length + gone.length === 0) return null;
    const drawn = drawnIn(element);
    const at = new Map<string, DOMRect>();
    for (const { id } of moved) {
      const piece = drawn.get(id);
      if (piece) at.set(id, piece.getBoundingClientRect());
    }
    return { at, gone: gone.flatMap(({ id }) => ghostsOf(drawn.get(id))) };
  }

  override componentDidUpdate(old: Readonly<Props>, _: unknown, before: Before | null): void {
    const { scene, ground, on, root } = this.props;
    const element = root();
    if (!on || !element || old.scene === scene || old.ground !== ground) return;
    const drawn = drawnIn(element);
    for (const [id, from] of before?.at ?? []) slide(drawn.get(id), from);
    for (const ghost of before?.gone ?? []) fade(ghost);
    for (const { id } of newsOf(old.scene, scene).came) appear(drawn.get(id));
  }

  override render() {
    return this.props.children;
  }
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
