import { expect, test } from 'vitest';
import { memoryStore } from '../wire/store';
import { notePromise, promiseOf } from './promises';

test('what was promised first is remembered', () => {
  const store = memoryStore();
  expect(promiseOf(store, 'M')).toBeNull();
  notePromise(store, 'M', 'first');
  notePromise(store, 'M', 'second');
  expect(promiseOf(store, 'M')).toBe('first');
});

test('of many matches the newest are remembered', () => {
  const store = memoryStore();
  for (let n = 1; n <= 51; n += 1) notePromise(store, `M${n}`, 'promise');
  expect(promiseOf(store, 'M1')).toBeNull();
  expect(promiseOf(store, 'M2')).toBe('promise');
});

test('what is kept may be damaged', () => {
  const store = memoryStore();
  store.set('parlour.promises', '[1, {"a"');
  expect(promiseOf(store, 'M')).toBeNull();
  store.set('parlour.promises', '[7, null]');
  notePromise(store, 'M', 'promise');
  expect(promiseOf(store, 'M')).toBe('promise');
});
