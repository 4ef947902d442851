import { expect, test } from 'vitest';
import { en } from '../words/en';
import { saying } from '../words/say';
import { deedText } from './MoveList';

const WORDS = en(saying('en')).match;

function said(piece?: string): string {
  return deedText({ kind: 'move', seat: 1, text: null, ...(piece !== undefined && { piece }) }, ['Ann', 'Bea'], WORDS);
}

test('a secret move is called by the piece in which it shows, without who made it', () => {
  expect(said('Ten of spades, played by Player 2')).toBe('Ten of spades');
  expect(said('Player 2 bids 3 fives')).toBe('bids 3 fives');
  expect(said('20 chips bet by Player 2')).toBe('20 chips bet');
  expect(said('Player 1 is the dealer')).toBe('Ann is the dealer');
  expect(said()).toBe('moved');
});

test('a move that is no secret is what the server says', () => {
  expect(deedText({ kind: 'move', seat: 0, text: 'e4' }, ['Ann', 'Bea'], WORDS)).toBe('e4');
});
