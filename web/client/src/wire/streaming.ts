/** The same frames over HTTP: server-sent events down, bodies of requests up. The twin of `protocol/streaming.py`. */

import { ProtocolError } from './errors';
import { EVENT_BYTES_MAX, LENGTH_BYTES, STREAM_BODY_BYTES_MAX } from './messages.gen';

export type StreamEvent =
  /** The first: the secret name of the stream. */
  | { readonly kind: 'opened'; readonly name: string }
  | { readonly kind: 'carried'; readonly frame: Uint8Array }
  /** A comment: the stream is alive, and asks whether its reader is. */
  | { readonly kind: 'beat' }
  /** The last: why, as a WebSocket would say it. */
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string };

/** Events out of a stream of bytes, however it is cut up. */
export class EventReader {
  readonly #utf8 = new TextDecoder();
  #rest = '';

  /** The events that are complete now; kinds that are not known are passed over. Throws a ProtocolError. */
  feed(received: Uint8Array): StreamEvent[] {
    const whole = (this.#rest + this.#utf8.decode(received, { stream: true })).split('\n\n');
    this.#rest = whole.pop() ?? '';
    if (this.#rest.length > EVENT_BYTES_MAX) {
      throw new ProtocolError('FrameTooLarge', `an event of more than ${EVENT_BYTES_MAX} bytes`);
    }
    return whole.flatMap(event);
  }
}

function event(text: string): StreamEvent[] {
  const fields = new Map(
    text
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map(field),
  );
  if (fields.size === 0) return [{ kind: 'beat' }];
  const data = fields.get('data') ?? '';
  switch (fields.get('event')) {
    case undefined:
      return [{ kind: 'carried', frame: fromBase64(data) }];
    case 'open':
      return [{ kind: 'opened', name: data }];
    case 'close':
      return [closed(data)];
    default:
      return [];
  }
}

function field(line: string): [name: string, value: string] {
  const [name = '', ...rest] = line.split(':');
  return [name, rest.join(':').replace(/^ /u, '')];
}

function closed(data: string): StreamEvent {
  const [code = '', ...reason] = data.split(' ');
  if (!/^\d+$/u.test(code)) throw new ProtocolError('BadFrame', 'a close without a code');
  return { kind: 'closed', code: Number(code), reason: reason.join(' ') };
}

function fromBase64(data: string): Uint8Array {
  try {
    return Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0));
  } catch {
    throw new ProtocolError('BadFrame', 'an event that is not base64');
  }
}

/** The frames as few bodies, in order, none larger than a server takes; one empty body for no frames. */
export function bodies(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const made: Uint8Array[][] = [[]];
  let size = 0;
  for (const frame of frames) {
    const grown = LENGTH_BYTES + frame.length;
    if (size > 0 && size + grown > STREAM_BODY_BYTES_MAX) {
      made.push([]);
      size = 0;
    }
    made.at(-1)?.push(frame);
    size += grown;
  }
  return made.map(body);
}

/** The frames one after the other, each after its length, big-endian. */
function body(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(frames.reduce((size, frame) => size + LENGTH_BYTES + frame.length, 0));
  const view = new DataView(made.buffer);
  let at = 0;
  for (const frame of frames) {
    view.setUint32(at, frame.length);
    made.set(frame, at + LENGTH_BYTES);
    at += LENGTH_BYTES + frame.length;
  }
  return made;
}
