import { expect, test } from 'vitest';
import { verdictOn } from './verify';
import type { MatchRecord } from './views';

/** Drawn by `game.rules.dice` from that seed: the setup, and version 3. */
const RECORD: MatchRecord = {
  seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  commitment: '630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd',
  draws: [[6, 3], [6, 5], [52, 44], [3, 2]],
  entries: [{ version: 3, draws: [[2, 1], [6, 2], [4294967296, 39946047], [10, 0]] }],
};

test('a record whose draws follow from the seed that was promised is fair', async () => {
  expect(await verdictOn(RECORD, [RECORD.commitment])).toEqual({ kind: 'fair', draws: 8 });
});

test('another seed than the promised one is told', async () => {
  const other = { ...RECORD, seed: RECORD.seed.replace(/^../, 'ff') };
  expect(await verdictOn(other, [RECORD.commitment])).toEqual({ kind: 'other_seed' });
});

test('a record with another promise than the one that was seen is told', async () => {
  const other = RECORD.commitment.replace(/^../, 'ff');
  expect(await verdictOn(RECORD, [RECORD.commitment, other])).toEqual({ kind: 'other_promise' });
});

test('a draw that does not follow from the seed is told, with its version', async () => {
  const other = { ...RECORD, entries: [{ version: 3, draws: RECORD.draws }] };
  expect(await verdictOn(other, [RECORD.commitment])).toEqual({ kind: 'other_draw', version: 3 });
});
