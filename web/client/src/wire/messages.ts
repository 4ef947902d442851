/** Messages to frames and back. A message is a frame holding the array `[code, field, …]`. */

import { ProtocolError } from './errors';
import type { Shape } from './fields';
import * as framing from './framing';
import { CLIENT_MESSAGES, SERVER_MESSAGES, type ClientMessage, type ServerMessage } from './messages.gen';

type Kinds = ReadonlyMap<number, readonly [name: string, shape: Shape]>;

const CLIENT_KINDS = byCode(CLIENT_MESSAGES);
const SERVER_KINDS = byCode(SERVER_MESSAGES);

/** The frame of a client's message. Throws a ProtocolError when it is too large. */
export function encode(message: ClientMessage): Uint8Array<ArrayBuffer> {
  const shape = CLIENT_MESSAGES[message.message];
  const fields = message as unknown as Record<string, unknown>;
  const values: unknown[] = [shape.code, ...shape.fields.map(([name]) => fields[name] ?? null)];
  while (values.at(-1) === null) values.pop();
  return framing.encode(values);
}

/** The client's message in a frame. Throws a ProtocolError. */
export function decodeClient(frame: Uint8Array): ClientMessage {
  return decode(frame, CLIENT_KINDS) as ClientMessage;
}

/** The server's message in a frame; what is left out of it is null. Throws a ProtocolError. */
export function decodeServer(frame: Uint8Array): ServerMessage {
  return decode(frame, SERVER_KINDS) as ServerMessage;
}

function decode(frame: Uint8Array, kinds: Kinds): unknown {
  const values = framing.decode(frame);
  const code: unknown = Array.isArray(values) ? values[0] : null;
  if (!Array.isArray(values) || !(typeof code === 'number' || typeof code === 'bigint')) {
    throw new ProtocolError('BadMessage', 'a message is an array that begins with its code');
  }
  const kind = kinds.get(Number(code));
  if (kind === undefined) throw new ProtocolError('UnknownMessage', `no message has the code ${code}`);
  return named(...kind, values);
}

function named(name: string, { fields, least }: Shape, values: readonly unknown[]): unknown {
  if (values.length <= least || values.length > fields.length + 1) {
    throw new ProtocolError('BadMessage', `${name}: ${values.length - 1} fields`);
  }
  const made: Record<string, unknown> = { message: name };
  for (const [at, [field, check]] of fields.entries()) {
    const value = values[at + 1] ?? null;
    if (!check(value)) throw new ProtocolError('BadMessage', `${name}, field ${field}: not what it should be`);
    made[field] = value;
  }
  return made;
}

function byCode(shapes: Record<string, Shape>): Kinds {
  return new Map(Object.entries(shapes).map(([name, shape]) => [shape.code, [name, shape]]));
}
