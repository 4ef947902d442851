/** Dragging: lifting a piece is one pick, and letting it go over a place another. */

export interface DragHandlers {
  /** Picks what is under the pointer, unless it is picked already. */
  lift(target: HTMLElement): void;
  /** Picks what it was dropped on, which is `under` the pointer; false when nothing can be picked there. */
  drop(target: HTMLElement | null, under: Element | null): boolean;
  /** Lets go of what was lifted. */
  putBack(): void;
}

const SLACK_PX = { mouse: 5, touch: 9 };

/**
 * Follows one pointer from a press on something that can be lifted, and from where it is by now; tells by `moved` whether
 * it became a drag.
 */
export function follow(
  press: PointerEvent,
  last: PointerEvent,
  target: HTMLElement,
  handlers: DragHandlers,
  moved: () => void,
): void {
  let picture: Lifted | null = null;
  const slack = press.pointerType === 'mouse' ? SLACK_PX.mouse : SLACK_PX.touch;

  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return;
    if (!picture && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < slack) return;
    if (!picture) {
      moved();
      picture = lifted(target);
      handlers.lift(target);
    }
    picture?.moveTo(event.clientX, event.clientY);
    event.preventDefault();
  };
  const end = (event: PointerEvent, dropped: boolean) => {
    if (event.pointerId !== press.pointerId) return;
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    if (!picture) return;
    picture.remove();
    const under = dropped ? document.elementFromPoint(event.clientX, event.clientY) : null;
    const place = under?.closest<HTMLElement>('[data-piece], [data-place]') ?? null;
    if (place !== target && !handlers.drop(place, under)) handlers.putBack();
  };
  const onUp = (event: PointerEvent) => end(event, true);
  const onCancel = (event: PointerEvent) => end(event, false);
  window.addEventListener('pointermove', onMove, { passive: false });
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  onMove(last);
}

interface Lifted {
  moveTo(x: number, y: number): void;
  remove(): void;
}

/** A likeness of the piece under the pointer, that floats above the page. */
function lifted(target: HTMLElement): Lifted | null {
  const box = target.getBoundingClientRect();
  const piece = target.dataset['piece'] === undefined ? pieceAt(target) : target.querySelector('.pt-piece');
  if (!piece) return null;
  const size = piece.getBoundingClientRect();
  const float = document.createElement('div');
  float.className = 'pt-lifted';
  float.style.width = `${size.width}px`;
  float.style.height = `${size.height}px`;
  if (piece instanceof SVGGElement) {
    const bounds = piece.getBBox();
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', `${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`);
    svg.append(likeness(piece));
    float.append(svg);
  } else float.append(likeness(piece));
  (target.closest('.pt-table') ?? document.body).append(float);
  piece.classList.add('pt-faint');
  const moveTo = (x: number, y: number) => {
    float.style.transform = `translate(${x - size.width / 2}px, ${y - size.height / 2}px) scale(1.08)`;
  };
  moveTo(box.left + box.width / 2, box.top + box.height / 2);
  return {
    moveTo,
    remove() {
      float.remove();
      piece.classList.remove('pt-faint');
    },
  };
}

function likeness(piece: Element): Node {
  const copy = piece.cloneNode(true) as Element;
  copy.removeAttribute('data-id');
  return copy;
}

/** The topmost piece drawn at a place of a board. */
function pieceAt(place: HTMLElement): Element | null {
  const { left, top, width, height } = place.getBoundingClientRect();
  const pieces = [...(place.closest('.pt-board')?.querySelectorAll('.pt-piece') ?? [])];
  const within = pieces.filter((piece) => {
    const box = piece.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return x > left && x < left + width && y > top && y < top + height;
  });
  return within.at(-1) ?? null;
}
