/** What may stand in a field of a message. A check says whether a value may stand there. */

export type Check = (value: unknown) => boolean;

/** How a message lies in its frame: `[code, field, …]`, the fields in this order. */
export interface Shape {
  readonly code: number;
  readonly fields: readonly (readonly [name: string, check: Check])[];
  /** The least number of fields: those after it may be nil, and left out. */
  readonly least: number;
}

export function message(code: number, checks: Record<string, Check>): Shape {
  const fields = Object.entries(checks);
  const least = fields.findLastIndex(([, check]) => !check(null)) + 1;
  return { code, fields, least };
}

export const anything: Check = () => true;
export const nil: Check = (value) => value === null;
export const flag: Check = (value) => typeof value === 'boolean';

/** A whole number; one that does not fit a double is a bigint. */
export const number =
  (least = -Infinity, most = Infinity): Check =>
  (value) =>
    (typeof value === 'number' || typeof value === 'bigint') && least <= value && value <= most;

/** Text of so many code points. */
export const text =
  (least: number, most = Infinity, pattern?: RegExp): Check =>
  (value) => {
    if (typeof value !== 'string') return false;
    const length = [...value].length;
    return least <= length && length <= most && (pattern === undefined || pattern.test(value));
  };

export const oneOf =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value);

export const or =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

export const list =
  (each: Check, most = Infinity): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(each);

export const map =
  (key: Check, each: Check, most = Infinity): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= most && entries.every(([name, part]) => key(name) && each(part));
  };
