import { describe, expect, test } from 'vitest';
import { ProtocolError } from './errors';
import { decode, encode } from './framing';
import * as messages from './messages';
import { CLIENT_MESSAGES, FRAME_BYTES_MAX, FRAME_DEPTH_MAX, FRAME_ITEMS_MAX, type ClientMessage } from './messages.gen';
import { bytes, hex, named, transcripts } from './transcripts';

describe('golden frames', () => {
  test.each(transcripts('frames'))('of $message', ({ frame, ...message }) => {
    const ofClient = String(message['message']) in CLIENT_MESSAGES;
    const decoded = ofClient ? messages.decodeClient(bytes(frame)) : messages.decodeServer(bytes(frame));
    expect(named(decoded)).toEqual(message);
    if (ofClient) expect(hex(messages.encode(message as unknown as ClientMessage))).toBe(frame);
  });

  test.each(transcripts('bad_frames'))('$read_by refuses $title', ({ read_by, frame, error, close_code }) => {
    const read = read_by === 'server' ? messages.decodeClient : messages.decodeServer;
    expect(thrown(() => read(bytes(frame)))).toMatchObject({ kind: error, closeCode: close_code });
  });
});

test('what is written is read again', () => {
  const numbers = [0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0xffffffff, 0x100000000, Number.MAX_SAFE_INTEGER];
  const negative = [-1, -0x20, -0x21, -0x80, -0x81, -0x8000, -0x8001, -0x80000000, -0x80000001, -Number.MAX_SAFE_INTEGER];
  const large = [2n ** 63n, 2n ** 64n - 1n, -(2n ** 63n)];
  const texts = ['', 'é', '\ufeff😀', ...[31, 32, 255, 256, 30_000].flatMap((n) => ['x'.repeat(n), 'é'.repeat(n)])];
  const arrays = [15, 16, FRAME_ITEMS_MAX].map(zeros);
  const maps = [15, 16, 3000].map((n) => Object.fromEntries(zeros(n).map((zero, at) => [`key ${at}`, zero])));
  for (const value of [null, true, false, ...numbers, ...negative, ...large, ...texts, ...arrays, ...maps]) {
    expect(decode(encode(value))).toEqual(value);
  }
});

test('maps keep every key, and no key means anything to JavaScript', () => {
  const map = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "toString": "x", "10": [], "9": {}}') as object;
  const read = decode(encode(map)) as Record<string, unknown>;
  expect(Object.keys(read).toSorted()).toEqual(['10', '9', '__proto__', 'constructor', 'toString']);
  expect(Object.getPrototypeOf(read)).toBeNull();
  expect('polluted' in {}).toBe(false);
});

test('a frame at each limit is read, and one past it is not', () => {
  const nested = (depth: number): unknown => (depth ? [nested(depth - 1)] : 0);
  expect(decode(encode(nested(FRAME_DEPTH_MAX)))).toEqual(nested(FRAME_DEPTH_MAX));
  expect(thrown(() => decode(encode(nested(FRAME_DEPTH_MAX + 1)))).kind).toBe('BadFrame');
  expect(thrown(() => decode(encode(zeros(FRAME_ITEMS_MAX + 1)))).kind).toBe('BadFrame');
  expect(encode('x'.repeat(FRAME_BYTES_MAX - 3)).length).toBe(FRAME_BYTES_MAX);
  expect(thrown(() => encode('x'.repeat(FRAME_BYTES_MAX - 2))).kind).toBe('FrameTooLarge');
  expect(thrown(() => decode(new Uint8Array(FRAME_BYTES_MAX + 1))).kind).toBe('FrameTooLarge');
});

test('no bytes make the reader do anything but read or refuse', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48271) % 0x7fffffff) % below;
  for (let round = 0; round < 20_000; round++) {
    const frame = Uint8Array.from({ length: random(24) }, () => random(256));
    try {
      decode(frame);
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError);
    }
  }
});

test('numbers with a fraction, and what is not data, cannot be written', () => {
  for (const value of [0.5, Number.NaN, 2 ** 53, () => 0, Symbol('x')]) expect(() => encode(value)).toThrow(TypeError);
});

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function thrown(act: () => unknown): ProtocolError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
