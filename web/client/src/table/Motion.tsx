/** Lets pieces slide from where they lay to where they lie. */

import { Component, type ComponentChildren } from 'preact';
import { later } from './later';
import type { Before } from './slides';
import type { Scene } from './vocabulary';

interface Props {
  scene: Scene;
  /** When this changes too (another table, the board flipped), nothing moves: all of it does. */
  ground: unknown;
  on: boolean;
  root: () => HTMLElement | null;
  children: ComponentChildren;
}

const slides = later(() => import('./slides'));

/** The code for it is fetched at the first touch or the first change, which comes without it. */
export class Motion extends Component<Props> {
  override componentDidMount(): void {
    const fetch = (): void => {
      if (this.props.on) void slides.fetch();
    };
    for (const touch of ['pointermove', 'pointerdown', 'keydown']) {
      this.props.root()?.addEventListener(touch, fetch, { once: true, passive: true });
    }
  }

  /** Called when the new scene is known and the old one still stands. */
  override getSnapshotBeforeUpdate(old: Readonly<Props>): Before | null {
    const element = this.changed(old);
    return (element && slides.code?.looked(element, old.scene, this.props.scene)) ?? null;
  }

  override componentDidUpdate(old: Readonly<Props>, _: unknown, before: Before | null): void {
    const element = this.changed(old);
    if (!element) return;
    if (slides.code) slides.code.animate(element, before, old.scene, this.props.scene);
    else void slides.fetch();
  }

  override render() {
    return this.props.children;
  }

  /** The table, when another scene of it is to be animated. */
  private changed(old: Readonly<Props>): HTMLElement | null {
    const { scene, ground, on, root } = this.props;
    return on && old.scene !== scene && old.ground === ground ? root() : null;
  }
}
