/** Whether the luck of a match was settled before it began: its seed against the promise, its draws against the seed. */

import type { Draw, MatchRecord } from './views';

export type Verdict =
  | { readonly kind: 'fair'; readonly draws: number }
  /** The seed is not the one that was promised. */
  | { readonly kind: 'other_seed' }
  /** The record has another promise than the one that was seen. */
  | { readonly kind: 'other_promise' }
  | { readonly kind: 'other_draw'; readonly version: number }
  /** A page without HTTPS has none of the browser's cryptography. */
  | { readonly kind: 'cannot' };

/** Checks a record by what the documentation of the wire says of dice. `promises`: the commitments that were seen elsewhere. */
export async function verdictOn(record: MatchRecord, promises: readonly string[]): Promise<Verdict> {
  if (promises.some((promise) => promise !== record.commitment)) return { kind: 'other_promise' };
  if (!('subtle' in crypto)) return { kind: 'cannot' };
  const seed = bytesOf(record.seed);
  if (hex(await crypto.subtle.digest('SHA-256', seed)) !== record.commitment) return { kind: 'other_seed' };
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const versions = [{ version: 0, draws: record.draws }, ...record.entries];
  for (const { version, draws } of versions) {
    if (!(await follows(key, version, draws))) return { kind: 'other_draw', version };
  }
  return { kind: 'fair', draws: versions.reduce((sum, { draws }) => sum + draws.length, 0) };
}

/** Whether the seed gives these draws for that version. */
async function follows(key: CryptoKey, version: number, draws: readonly Draw[]): Promise<boolean> {
  let number = 0;
  for (const [n, drawn] of draws) {
    const size = BigInt(n);
    const fair = (WORDS / size) * size; // words from here on would favour some numbers: they are passed over
    let word = await wordOf(key, version, number++);
    while (word >= fair) word = await wordOf(key, version, number++);
    if (word % size !== BigInt(drawn)) return false;
  }
  return true;
}

const WORDS = 1n << 64n;

async function wordOf(key: CryptoKey, version: number, number: number): Promise<bigint> {
  const label = new DataView(new ArrayBuffer(12));
  label.setBigUint64(0, BigInt(version));
  label.setUint32(8, number);
  return new DataView(await crypto.subtle.sign('HMAC', key, label)).getBigUint64(0);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
