/** A game's options as fields of a form, from their JSON schema. */

import type { OptionSchema, OptionsSchema, OptionValue, OptionValues } from './views';

export type Field =
  | { readonly kind: 'number'; readonly key: string; readonly label: string; readonly hint: string; readonly usual: number; readonly least: number | null; readonly most: number | null; readonly step: number }
  | { readonly kind: 'flag'; readonly key: string; readonly label: string; readonly hint: string; readonly usual: boolean }
  | { readonly kind: 'choice'; readonly key: string; readonly label: string; readonly hint: string; readonly usual: OptionValue; readonly choices: readonly OptionValue[] }
  | { readonly kind: 'text'; readonly key: string; readonly label: string; readonly hint: string; readonly usual: string; readonly most: number }; // prettier-ignore

/** The longest text of an option on the wire. */
const TEXT_MAX = 256;

export function fieldsOf(schema: OptionsSchema): readonly Field[] {
  return Object.entries(schema.properties ?? {}).map(([key, property]) => fieldOf(key, resolved(property, schema)));
}

function fieldOf(key: string, schema: OptionSchema): Field {
  const said = { key, label: labelOf(key), hint: schema.description ?? '' };
  const usual = schema.default;
  if (schema.enum) return { kind: 'choice', ...said, usual: usual ?? schema.enum[0] ?? '', choices: schema.enum };
  if (schema.type === 'boolean') return { kind: 'flag', ...said, usual: usual === true };
  if (schema.type === 'string') {
    return { kind: 'text', ...said, usual: typeof usual === 'string' ? usual : '', most: schema.maxLength ?? TEXT_MAX };
  }
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? null : schema.exclusiveMinimum + 1);
  const most = schema.maximum ?? (schema.exclusiveMaximum === undefined ? null : schema.exclusiveMaximum - 1);
  return { kind: 'number', ...said, usual: Number(usual ?? least ?? 0), least, most, step: schema.multipleOf ?? 1 };
}

function resolved(schema: OptionSchema, whole: OptionsSchema): OptionSchema {
  const named = schema.$ref?.split('/').at(-1);
  return named === undefined ? schema : { ...whole.$defs?.[named], ...schema };
}

/** `in_a_row` is “In a row”. */
export function labelOf(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function usualOptions(schema: OptionsSchema): OptionValues {
  return Object.fromEntries(fieldsOf(schema).map((field) => [field.key, field.usual]));
}
