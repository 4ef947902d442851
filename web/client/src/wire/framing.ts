/**
 * Bytes to plain data and back: the part of MessagePack that the wire has, and nothing else.
 *
 * A frame is one value, at most FRAME_BYTES_MAX long and FRAME_DEPTH_MAX deep, made of arrays, maps with text keys
 * (none twice), text, booleans, nil and whole numbers of 64 bits. Binary, floats, extensions and timestamps are
 * refused. A map becomes an object without a prototype, so that no key means anything to JavaScript; a number that a
 * double cannot hold becomes a bigint.
 */

import { ProtocolError } from './errors';
import { FRAME_BYTES_MAX, FRAME_DEPTH_MAX, FRAME_ITEMS_MAX } from './messages.gen';

/** Shorter text, when it is ASCII, is put together faster by hand than a TextDecoder can be asked. */
const DECODER_BYTES_LEAST = 32;

/** One frame. Throws a ProtocolError when it would be longer than any peer accepts. */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  writer.value(value);
  const frame = writer.frame();
  if (frame.length > FRAME_BYTES_MAX) {
    throw new ProtocolError('FrameTooLarge', `a message of ${frame.length} bytes; at most ${FRAME_BYTES_MAX} may be sent`);
  }
  return frame;
}

/** The value of a frame. Throws a ProtocolError. */
export function decode(frame: Uint8Array): unknown {
  if (frame.length > FRAME_BYTES_MAX) {
    throw new ProtocolError('FrameTooLarge', `a message of ${frame.length} bytes; at most ${FRAME_BYTES_MAX} are read`);
  }
  const reader = new Reader(frame);
  const value = reader.value(FRAME_DEPTH_MAX);
  reader.end();
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #at = 0;

  constructor(frame: Uint8Array) {
    this.#bytes = frame;
    this.#view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  }

  value(depthLeft: number): unknown {
    const kind = this.#uint(1);
    if (kind < 0x80) return kind;
    if (kind < 0x90) return this.#map(kind & 0x0f, depthLeft);
    if (kind < 0xa0) return this.#array(kind & 0x0f, depthLeft);
    if (kind < 0xc0) return this.#text(kind & 0x1f);
    if (kind >= 0xe0) return kind - 0x100;
    switch (kind) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xcc:
        return this.#uint(1);
      case 0xcd:
        return this.#uint(2);
      case 0xce:
        return this.#uint(4);
      case 0xcf:
        return fitting(this.#view.getBigUint64(this.#skip(8)));
      case 0xd0:
        return this.#view.getInt8(this.#skip(1));
      case 0xd1:
        return this.#view.getInt16(this.#skip(2));
      case 0xd2:
        return this.#view.getInt32(this.#skip(4));
      case 0xd3:
        return fitting(this.#view.getBigInt64(this.#skip(8)));
      case 0xd9:
        return this.#text(this.#uint(1));
      case 0xda:
        return this.#text(this.#uint(2));
      case 0xdb:
        return this.#text(this.#uint(4));
      case 0xdc:
        return this.#array(this.#uint(2), depthLeft);
      case 0xdd:
        return this.#array(this.#uint(4), depthLeft);
      case 0xde:
        return this.#map(this.#uint(2), depthLeft);
      case 0xdf:
        return this.#map(this.#uint(4), depthLeft);
      default:
        throw bad(`a value of the kind 0x${kind.toString(16)} is not allowed`);
    }
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw bad('something follows the value');
  }

  #array(length: number, depthLeft: number): unknown[] {
    this.#room(length, depthLeft);
    const made: unknown[] = [];
    for (let at = 0; at < length; at++) made.push(this.value(depthLeft - 1));
    return made;
  }

  #map(length: number, depthLeft: number): Record<string, unknown> {
    this.#room(length, depthLeft);
    const made = emptyMap();
    for (let at = 0; at < length; at++) {
      const key = this.value(0);
      if (typeof key !== 'string') throw bad('a key of a map is not text');
      if (key in made) throw bad('a map has the same key twice');
      made[key] = this.value(depthLeft - 1);
    }
    return made;
  }

  #room(length: number, depthLeft: number): void {
    if (depthLeft === 0) throw bad(`nested deeper than ${FRAME_DEPTH_MAX}`);
    if (length > FRAME_ITEMS_MAX) throw bad(`more than ${FRAME_ITEMS_MAX} elements`);
  }

  #text(length: number): string {
    const start = this.#skip(length);
    const end = start + length;
    if (length < DECODER_BYTES_LEAST) {
      let made = '';
      for (let at = start; at < end; at++) {
        const unit = this.#bytes[at] ?? 0;
        if (unit > 0x7f) break;
        made += String.fromCharCode(unit);
      }
      if (made.length === length) return made;
    }
    try {
      return this.#utf8.decode(this.#bytes.subarray(start, end));
    } catch {
      throw bad('text that is not UTF-8');
    }
  }

  #uint(size: 1 | 2 | 4): number {
    const at = this.#skip(size);
    return size === 1 ? this.#view.getUint8(at) : size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  /** Where the next `size` bytes begin; they are passed over. */
  #skip(size: number): number {
    const at = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) throw bad('it ends within a value');
    return at;
  }
}

class Writer {
  readonly #utf8 = new TextEncoder();
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  frame(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#at);
  }

  value(value: unknown): void {
    if (value === null || value === undefined) this.#byte(0xc0);
    else if (value === false) this.#byte(0xc2);
    else if (value === true) this.#byte(0xc3);
    else if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number' && Number.isSafeInteger(value)) this.#number(value);
    else if (typeof value === 'bigint') this.#large(value);
    else if (Array.isArray(value)) this.#array(value);
    else if (typeof value === 'object') this.#map(value);
    else throw new TypeError(`${String(value)} has no place in a frame`);
  }

  #number(value: number): void {
    if (value >= 0) {
      if (value < 0x80) this.#byte(value);
      else if (value < 0x100) this.#sized(0xcc, 1, value);
      else if (value < 0x10000) this.#sized(0xcd, 2, value);
      else if (value < 0x100000000) this.#sized(0xce, 4, value);
      else this.#large(BigInt(value));
    } else if (value >= -0x20) this.#byte(value + 0x100);
    else if (value >= -0x80) this.#sized(0xd0, 1, value + 0x100);
    else if (value >= -0x8000) this.#sized(0xd1, 2, value + 0x10000);
    else if (value >= -0x80000000) this.#sized(0xd2, 4, value + 0x100000000);
    else this.#large(BigInt(value));
  }

  #large(value: bigint): void {
    this.#byte(value >= 0n ? 0xcf : 0xd3);
    const at = this.#grow(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value));
  }

  #text(value: string): void {
    const bytes = this.#utf8.encode(value);
    const length = bytes.length;
    if (length < 0x20) this.#byte(0xa0 | length);
    else if (length < 0x100) this.#sized(0xd9, 1, length);
    else if (length < 0x10000) this.#sized(0xda, 2, length);
    else this.#sized(0xdb, 4, length);
    const at = this.#grow(length);
    this.#bytes.set(bytes, at);
  }

  #array(values: readonly unknown[]): void {
    this.#length(0x90, 0xdc, values.length);
    for (const value of values) this.value(value);
  }

  #map(values: object): void {
    const entries = Object.entries(values);
    this.#length(0x80, 0xde, entries.length);
    for (const [key, value] of entries) {
      this.#text(key);
      this.value(value);
    }
  }

  /** The kind for up to 15 elements has their number in it; the next ones have it in two or four bytes. */
  #length(short: number, long: number, length: number): void {
    if (length < 0x10) this.#byte(short | length);
    else if (length < 0x10000) this.#sized(long, 2, length);
    else this.#sized(long + 1, 4, length);
  }

  #sized(kind: number, size: 1 | 2 | 4, value: number): void {
    this.#byte(kind);
    const at = this.#grow(size);
    if (size === 1) this.#view.setUint8(at, value);
    else if (size === 2) this.#view.setUint16(at, value);
    else this.#view.setUint32(at, value);
  }

  #byte(value: number): void {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
  }

  /** Where the next `size` bytes go. There is room for them in `bytes` and `view`, which may be others from now on. */
  #grow(size: number): number {
    const at = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** A map without keys; what it inherits nothing from cannot be mistaken for a key. */
export function emptyMap(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

function fitting(value: bigint): number | bigint {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

function bad(why: string): ProtocolError {
  return new ProtocolError('BadFrame', why);
}
