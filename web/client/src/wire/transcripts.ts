/** The golden transcripts, for the tests: the same files that the Python client passes. */

export type Json = Record<string, unknown>;

const FILES: Record<string, unknown> = import.meta.glob('../../../../tests/transcripts/*.json', {
  eager: true,
  import: 'default',
});

/** The cases of one file, or the one case of all files that begin so. */
export function transcripts(name: string): Json[] {
  const found = Object.entries(FILES).filter(([path]) => path.includes(`/transcripts/${name}`));
  return found.flatMap(([, content]) => [content as Json | Json[]].flat());
}

export function bytes(text: unknown): Uint8Array {
  return Uint8Array.from(String(text).match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function hex(frame: Uint8Array): string {
  return [...frame].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A message or an event as the transcripts show it: fields that are nil are left out, at the top and in what it carries. */
export function named(value: object): Json {
  const plain = JSON.parse(JSON.stringify(value)) as Json;
  const fields = Object.entries(plain).filter(([, part]) => part !== null);
  return Object.fromEntries(fields.map(([name, part]) => [name, isMessage(part) ? named(part) : part]));
}

function isMessage(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'message' in value;
}
