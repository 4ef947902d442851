import { describe, expect, test } from 'vitest';
import { announcement, newsOf } from './news';
import { soundsOf } from './sounds';
import type { Piece, Scene } from './vocabulary';

function scene(pieces: Piece[], turn: number[], text = 'Somebody to move'): Scene {
  return { status: { key: 'to_move', text }, turn, pieces };
}

const pawn = { id: 'p', at: 'e2', art: 'chess:wP', label: 'white pawn on e2' };
const moved = { ...pawn, at: 'e4', label: 'white pawn on e4' };
const foe = { id: 'q', at: 'e4', art: 'chess:bP', label: 'black pawn on e4' };

describe('two scenes', () => {
  test('differ by what moved, came, went and looks different', () => {
    const news = newsOf(scene([pawn, foe], [0]), scene([moved, { ...pawn, id: 'new' }], [1]));
    expect(news.moved).toEqual([moved]);
    expect(news.gone).toEqual([foe]);
    expect(news.came.map(({ id }) => id)).toEqual(['new']);
    expect(newsOf(scene([pawn], [0]), scene([{ ...pawn, art: 'chess:wQ' }], [0])).changed.length).toBe(1);
  });

  test('are told in words', () => {
    expect(announcement(scene([pawn], [0]), scene([moved], [1], 'Black to move.'))).toBe(
      'white pawn on e4. Black to move',
    );
  });

  test('are heard', () => {
    expect(soundsOf(null, scene([pawn], [0]), 0)).toEqual([]);
    expect(soundsOf(scene([pawn], [0]), scene([moved], [1]), 1)).toEqual(['move', 'turn']);
    expect(soundsOf(scene([pawn, foe], [0]), scene([moved], [1]), 0)).toEqual(['capture']);
    expect(soundsOf(scene([pawn], [0]), scene([moved], []), 0)).toEqual(['move', 'end']);
    const die = { id: 'd', at: 'dice', art: 'd6:2', label: 'two' };
    expect(soundsOf(scene([die], [0]), scene([{ ...die, art: 'd6:5' }], [0]))).toEqual(['roll']);
  });
});
