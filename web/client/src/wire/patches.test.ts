import { expect, test } from 'vitest';
import { ProtocolError } from './errors';
import { decode } from './framing';
import { canonical, checksum, patched, same, type Patch, type View } from './patches';
import { bytes, transcripts } from './transcripts';

test.each(transcripts('patches'))('a golden patch: $title', (golden) => {
  const old = golden['old'] as View;
  const before = JSON.stringify(old);
  const made = patched(old, golden['patch'] as Patch);
  expect(canonical(made)).toBe(golden['canonical']);
  expect(checksum(made)).toBe(golden['checksum']);
  expect(canonical(patched(old, decode(bytes(golden['bytes'])) as Patch))).toBe(golden['canonical']);
  expect(JSON.stringify(old)).toBe(before);
});

test.each(transcripts('bad_patches'))('a patch that is refused: $title', (golden) => {
  const view = golden['view'] as View;
  const before = JSON.stringify(view);
  expect(() => patched(view, golden['patch'] as Patch)).toThrow(ProtocolError);
  expect(JSON.stringify(view)).toBe(before);
});

test('what a patch does not touch is shared', () => {
  const old: View = { changed: { a: 1 }, kept: { b: [1, 2] } };
  const made = patched(old, [0, [0, 2]]);
  expect(made['kept']).toBe(old['kept']);
  expect(made['changed']).not.toBe(old['changed']);
  expect(patched(old, [])).toBe(old);
});

test('two values are the same whatever the order of their keys', () => {
  expect(same({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: true })).toBe(false);
});
