import { Component } from 'preact';

/** Drawn again only when a prop is another. */
export abstract class Still<P> extends Component<P> {
  override shouldComponentUpdate(next: Readonly<P>): boolean {
    const now = this.props as Record<string, unknown>;
    return Object.entries(next as Record<string, unknown>).some(([name, value]) => value !== now[name]);
  }
}
