import { expect, test } from 'vitest';
import { ProtocolError } from './errors';
import { EVENT_BYTES_MAX, STREAM_BODY_BYTES_MAX } from './messages.gen';
import { bodies, EventReader } from './streaming';

const EVENTS = new TextEncoder().encode(
  'event: open\ndata: q1bXk0cT8sYw\n\ndata: kwHAo0Fubg==\n\n:\n\nevent: news\ndata: later\n\nevent: close\ndata: 3000 the server restarts – soon\n\n',
);
const READ = [
  { kind: 'opened', name: 'q1bXk0cT8sYw' },
  { kind: 'carried', frame: Uint8Array.of(0x93, 0x01, 0xc0, 0xa3, 0x41, 0x6e, 0x6e) },
  { kind: 'beat' },
  { kind: 'closed', code: 3000, reason: 'the server restarts – soon' },
];

test('events are read however they are cut up', () => {
  for (let size = 1; size <= EVENTS.length; size++) {
    const reader = new EventReader();
    const read = [];
    for (let at = 0; at < EVENTS.length; at += size) read.push(...reader.feed(EVENTS.subarray(at, at + size)));
    expect(read).toEqual(READ);
  }
});

test.each(['data: !!\n\n', 'event: close\ndata: soon\n\n', `data: ${'A'.repeat(EVENT_BYTES_MAX)}`])(
  'an event that cannot be read breaks the protocol: %.24s',
  (text) => {
    expect(() => new EventReader().feed(new TextEncoder().encode(text))).toThrow(ProtocolError);
  },
);

test('frames go up in few bodies, each frame after its length, none too large', () => {
  expect(bodies([])).toEqual([new Uint8Array()]);
  expect(bodies([Uint8Array.of(1, 2), Uint8Array.of(3)])).toEqual([Uint8Array.of(0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3)]);
  const half = new Uint8Array(STREAM_BODY_BYTES_MAX / 2 - 4);
  expect(bodies([half, half, Uint8Array.of(7)]).map((body) => body.length)).toEqual([STREAM_BODY_BYTES_MAX, 5]);
});
