import { expect, test } from 'vitest';
import { createSteps, deedBetween, stepsOf } from './steps';
import type { HistoryAnswer, MatchView } from './views';

function view(turn: readonly number[], more: Partial<MatchView> = {}): MatchView {
  return { scene: { status: { key: '', text: '' }, turn }, turn, over: null, resigned: [], ...more };
}

test('a move is what the server says it was', () => {
  expect(deedBetween(view([0]), view([1]), [0, 'e4'])).toEqual({ kind: 'move', seat: 0, text: 'e4' });
});

test('a secret move is that of the seat that owed one', () => {
  expect(deedBetween(view([0]), view([1]), null)).toEqual({ kind: 'move', seat: 0, text: null });
  expect(deedBetween(view([0, 1, 2]), view([0, 2]), undefined)).toEqual({ kind: 'move', seat: 1, text: null });
  expect(deedBetween(view([1]), view([1]), null)).toEqual({ kind: 'move', seat: 1, text: null });
  expect(deedBetween(view([0, 1]), view([0, 1]), null)).toEqual({ kind: 'other' });
});

function secretly(before: Partial<MatchView>, after: Partial<MatchView>) {
  return deedBetween(view([0], before), view([1], after), null);
}

test('a secret move shows in the one piece that can be seen to have come or changed', () => {
  const card = { id: 'QS', at: 'trick', art: 'card:QS', label: 'Queen of spades' };
  const back = { id: '0', at: 'hand', art: 'card:?', label: 'Hidden card' };
  const scene = (...pieces: (typeof card)[]) => ({ scene: { status: { key: '', text: '' }, turn: [0], pieces } });
  expect(secretly(scene(back), scene(card))).toEqual({ kind: 'move', seat: 0, text: null, piece: 'Queen of spades' });
  expect(secretly(scene(), scene(card, back))).toHaveProperty('piece', 'Queen of spades');
  const taken = { ...card, id: 'KH', label: 'King of hearts' };
  expect(secretly(scene(taken), scene({ ...taken, at: 'taken' }, card))).toHaveProperty('piece', 'Queen of spades');
  expect(secretly(scene(taken), scene({ ...taken, at: 'taken' }))).toHaveProperty('piece', 'King of hearts');
  expect(secretly(scene(), scene(card, { ...card, id: 'KS' }))).not.toHaveProperty('piece');
  expect(secretly(scene(), scene(back))).not.toHaveProperty('piece');
});

test('a resignation is no move, whatever the newest move was', () => {
  expect(deedBetween(view([0]), view([], { resigned: [1] }), [0, 'e4'])).toEqual({ kind: 'resigned', seat: 1 });
});

const ANSWER: HistoryAnswer = {
  first: { ...view([0]) },
  patches: [[3, [[1]]], [3, [[0]]]],
  at_ms: [0, 1, 2],
  moves: [[0, 'a1'], null],
};

test('a history is one step for each version', () => {
  const steps = stepsOf(ANSWER);
  expect(steps.map((step) => step.view.turn)).toEqual([[0], [1], [0]]);
  expect(steps.map((step) => step.deed.kind)).toEqual(['start', 'move', 'move']);
});

test('versions that come are added in their order, and a gap is told', () => {
  const steps = createSteps();
  expect(steps.add(0, view([0]))).toBe(false);
  steps.tell(ANSWER);
  expect(steps.add(1, view([1]))).toBe(true);
  expect(steps.all.value).toHaveLength(3);
  expect(steps.add(4, view([1]))).toBe(false);
  expect(steps.add(3, view([1]))).toBe(true);
  expect(steps.all.value).toHaveLength(4);
});

test('who looks back stays there while play goes on, until they are live again', () => {
  const steps = createSteps();
  steps.tell(ANSWER);
  expect(steps.at.value).toBe(null);
  steps.look(-1);
  expect(steps.at.value).toBe(0);
  steps.add(3, view([1]));
  expect(steps.at.value).toBe(0);
  steps.look(3);
  expect(steps.at.value).toBe(null);
  steps.look(1);
  steps.live();
  expect(steps.shown.value?.view.turn).toEqual([1]);
});
