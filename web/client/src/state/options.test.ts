import { expect, test } from 'vitest';
import { fieldsOf, labelOf, usualOptions } from './options';
import type { OptionsSchema } from './views';

const SCHEMA: OptionsSchema = {
  properties: {
    best_of: { type: 'integer', default: 3, minimum: 1, maximum: 99 },
    ones_wild: { type: 'boolean', default: true },
    variant: { $ref: '#/$defs/Variant', default: 'long' },
    note: { type: 'string', default: '', maxLength: 20 },
    stones: { type: 'integer', exclusiveMinimum: 0, multipleOf: 2, description: 'in each house' },
  },
  $defs: { Variant: { type: 'string', enum: ['short', 'long'] } },
};

test('each option becomes a field of its kind', () => {
  expect(fieldsOf(SCHEMA)).toEqual([
    { kind: 'number', key: 'best_of', label: 'Best of', hint: '', usual: 3, least: 1, most: 99, step: 1 },
    { kind: 'flag', key: 'ones_wild', label: 'Ones wild', hint: '', usual: true },
    { kind: 'choice', key: 'variant', label: 'Variant', hint: '', usual: 'long', choices: ['short', 'long'] },
    { kind: 'text', key: 'note', label: 'Note', hint: '', usual: '', most: 20 },
    { kind: 'number', key: 'stones', label: 'Stones', hint: 'in each house', usual: 1, least: 1, most: null, step: 2 },
  ]);
});

test('the usual options are those of the schema', () => {
  expect(usualOptions(SCHEMA)).toEqual({ best_of: 3, ones_wild: true, variant: 'long', note: '', stones: 1 });
  expect(usualOptions({})).toEqual({});
});

test('a label is the key as a sentence', () => {
  expect(labelOf('in_a_row')).toBe('In a row');
});
