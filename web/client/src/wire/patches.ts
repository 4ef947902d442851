/**
 * From one view to the next: patches, and the checksum that proves two views the same.
 *
 * What a patch looks like is said in the documentation of the wire, and in `protocol/patches.py`, whose twin this is.
 * A view is never changed in place, and what a patch does not touch is shared with the view before.
 */

import { ProtocolError } from './errors';
import { emptyMap } from './framing';

/** Plain data: within it maps, arrays, text, whole numbers, booleans and null. Never changed in place. */
export type View = Readonly<Record<string, unknown>>;
export type Patch = readonly unknown[];

/** There was no value before. */
const NONE = Symbol('none');

/** The view after a patch. Throws a ProtocolError when the patch is malformed or made for another view. */
export function patched(old: View, patch: Patch): View {
  return patch.length ? mapAfter(old, patch) : old;
}

/** CRC-32 (as in zlib) of the view's canonical JSON. */
export function checksum(view: View): number {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(canonical(view))) crc = (CRC[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The one JSON text of a value: no spaces, keys sorted by code point, nothing escaped that need not be. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(value);
  return `{${sortedKeys(value)
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

/** Whether two values are the same, through and through. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

function after(old: unknown, change: unknown): unknown {
  if (!Array.isArray(change)) return change;
  if (change.length === 1 && Array.isArray(change[0])) return change[0];
  if (change.length && Array.isArray(old)) return arrayAfter(old, change);
  if (change.length && isMap(old)) return mapAfter(old, change);
  throw bad('a patch changes the inside of what has none, or deletes what is no key');
}

function mapAfter(old: View, changes: Patch): View {
  if (changes.length % 2) throw bad('the changes of a map come in pairs');
  const keys = sortedKeys(old);
  const made = Object.assign(emptyMap(), old);
  let least = 0;
  for (let at = 0; at < changes.length; at += 2) {
    const k = changes[at];
    const change = changes[at + 1];
    if (typeof k === 'string') {
      if (Object.hasOwn(made, k)) throw bad('a patch gives a key twice');
      made[k] = after(NONE, change);
      least = keys.length;
      continue;
    }
    const key = isIndex(k, least) ? keys[k] : undefined;
    if (!isIndex(k, least) || key === undefined) throw bad('a patch changes a key out of order, or one that is not there');
    least = k + 1;
    if (Array.isArray(change) && change.length === 0) delete made[key];
    else made[key] = after(old[key], change);
  }
  return made;
}

function arrayAfter(old: readonly unknown[], changes: Patch): unknown[] {
  const first = changes.length % 2;
  const length = first ? changes[0] : old.length;
  if (!isIndex(length, 0)) throw bad('a patch gives an array a length that is not a number');
  const made = old.slice(0, length);
  let least = 0;
  for (let at = first; at < changes.length; at += 2) {
    const k = changes[at];
    if (!isIndex(k, least) || k >= length) throw bad('a patch changes an element out of order, or outside of the array');
    least = k + 1;
    if (k < made.length) made[k] = after(made[k], changes[at + 1]);
    else made.push(after(NONE, changes[at + 1]));
  }
  if (made.length !== length) throw bad('a patch leaves elements of an array without a value');
  return made;
}

function isIndex(value: unknown, least: number): value is number {
  return Number.isInteger(value) && (value as number) >= least;
}

function isMap(value: unknown): value is View {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(map: View): string[] {
  return Object.keys(map).toSorted(byCodePoint);
}

/** Code units are in the order of code points but for surrogates, which stand for what is above all others. */
function byCodePoint(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const a = one.charCodeAt(at);
    const b = other.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return one.length - other.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function bad(why: string): ProtocolError {
  return new ProtocolError('BadPatch', why);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
