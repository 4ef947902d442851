/** The line that a client takes where it can: a WebSocket. */

import { ProtocolError } from './errors';
import type { Hearer, Line } from './line';

const SUBPROTOCOL = 'parlour.v1';
/** What a browser says when a socket ended without a close, and when a close had no code. */
const NO_CODE: ReadonlySet<number> = new Set([1005, 1006]);
const REASON_CHARS_MAX = 40;

/** A WebSocket to that address. */
export function socketLine(url: string, hearer: Hearer): Line {
  const socket = new WebSocket(url, SUBPROTOCOL);
  socket.binaryType = 'arraybuffer';
  const left = new AbortController();
  const { signal } = left;
  socket.addEventListener('open', () => hearer.opened(), { signal });
  socket.addEventListener(
    'message',
    ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') hearer.broken(new ProtocolError('TextFrame', 'the server sent text'));
      else hearer.heard(new Uint8Array(data));
    },
    { signal },
  );
  socket.addEventListener(
    'close',
    ({ code, reason }) => {
      left.abort();
      hearer.lost({ why: reason || `closed with ${code}`, code: NO_CODE.has(code) ? null : code });
    },
    { signal },
  );
  return {
    send: (frames) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      for (const frame of frames) socket.send(frame as Uint8Array<ArrayBuffer>);
    },
    close: (code, reason) => {
      left.abort();
      socket.close(code, reason.slice(0, REASON_CHARS_MAX));
    },
    abort: () => {
      left.abort();
      socket.close();
    },
  };
}
