/** A network made by hand, for the tests: lines that do what the test says. */

import type { Network } from './connection';
import * as framing from './framing';
import type { Hearer, Line, Way } from './line';
import * as messages from './messages';
import { SERVER_MESSAGES, type ClientMessage, type ServerMessage } from './messages.gen';

export class FakeLine implements Line {
  /** What the client has sent, decoded, and as it was. */
  readonly said: ClientMessage[] = [];
  readonly frames: Uint8Array[] = [];
  /** What it was closed with: a code, or null for an abort. */
  closedWith: number | null | undefined;

  readonly #hearer: Hearer;

  constructor(
    readonly way: Way,
    hearer: Hearer,
  ) {
    this.#hearer = hearer;
  }

  send(frames: readonly Uint8Array[]): void {
    this.frames.push(...frames);
    this.said.push(...frames.map(messages.decodeClient));
  }

  close(code: number): void {
    this.closedWith = code;
  }

  abort(): void {
    this.closedWith = null;
  }

  open(): void {
    this.#hearer.opened();
  }

  /** The server says something. */
  hear(message: ServerMessage): void {
    this.#hearer.heard(framed(message));
  }

  /** The line is there, and the server has welcomed the client. */
  welcome(fields: { readonly player?: string; readonly epoch?: string } = {}): void {
    const { player = 'p8', epoch = 'e1' } = fields;
    this.open();
    this.hear({ message: 'Welcome', player, name: 'Ann', token: `token-of-${player}`, epoch, server_ms: Date.now() });
  }

  lose(code: number | null = null): void {
    this.#hearer.lost({ why: 'lost', code });
  }

  /** What the client has sent of one kind, the newest last. */
  of<K extends ClientMessage['message']>(kind: K): Extract<ClientMessage, { message: K }>[] {
    return this.said.filter((message): message is Extract<ClientMessage, { message: K }> => message.message === kind);
  }
}

/** `answering`: whether the server answers over HTTP. `chance` is what `random` gives. */
export class FakeNetwork implements Network {
  readonly lines: FakeLine[] = [];
  answering = true;
  chance = 0.5;

  readonly ways = {
    websocket: (hearer: Hearer): Line => this.#made('websocket', hearer),
    http: (hearer: Hearer): Line => this.#made('http', hearer),
  };

  answers(): Promise<boolean> {
    return Promise.resolve(this.answering);
  }

  random(): number {
    return this.chance;
  }

  /** The newest line. */
  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error('no line was opened');
    return line;
  }

  #made(way: Way, hearer: Hearer): Line {
    const line = new FakeLine(way, hearer);
    this.lines.push(line);
    return line;
  }
}

function framed(message: ServerMessage): Uint8Array {
  const { code, fields } = SERVER_MESSAGES[message.message];
  const values = message as unknown as Record<string, unknown>;
  return framing.encode([code, ...fields.map(([name]) => values[name] ?? null)]);
}
