/** What carries frames to a server and back, whichever way it goes, and how that ends. */

import type { ProtocolError } from './errors';

export type Way = 'websocket' | 'http';

/** One line, from its opening on. After `close` or `abort` it tells nothing more. */
export interface Line {
  /** Sends frames, in order. They are lost with the line. */
  send(frames: readonly Uint8Array[]): void;
  /** Says why, where the line can, and ends it. */
  close(code: number, reason: string): void;
  /** Ends it at once. */
  abort(): void;
}

/** Who is told what becomes of a line. */
export interface Hearer {
  opened(): void;
  heard(frame: Uint8Array): void;
  /** What came is no frame. The line is still there. */
  broken(error: ProtocolError): void;
  /** The line is gone, or did not come about. Told once, and last. */
  lost(loss: Loss): void;
}

export interface Loss {
  readonly why: string;
  /** The close code, when the server gave one. */
  readonly code: number | null;
}

export type OpenLine = (hearer: Hearer) => Line;
