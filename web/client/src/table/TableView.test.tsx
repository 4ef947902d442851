// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NumberField } from './Actions';
import { TableView, type TableViewProps } from './TableView';
import type { Legal, Scene, Table } from './vocabulary';

beforeAll(() => NumberField.fetch());

const TABLE: Table = {
  v: 1,
  zones: [
    { kind: 'grid', id: 'board', cols: 3, rows: 3, labels: 'letters' },
    { kind: 'hand', id: 'hand-0', title: "Player 1's hand", owner: 0 },
  ],
};
const SCENE: Scene = {
  status: { key: 'to_move', text: 'White to move' },
  turn: [0],
  pieces: [
    { id: 'rook', at: 'a1', art: 'chess:wR', label: 'white rook on a1' },
    { id: 'QS', at: 'hand-0', art: 'card:QS', label: 'queen of spades', owner: 0 },
    { id: '2H', at: 'hand-0', art: 'card:2H', label: 'two of hearts', owner: 0 },
  ],
};
const LEGAL: Legal = {
  version: 5,
  moves: [
    'a1a3',
    'a1a2',
    'pass',
    ['subset', 'give', ['QS', '2H'], 1, 2],
    ['number', 'bid', 10, 50, 10, [['Most', 50]]],
  ],
  picks: [['a1', 'a3'], ['rook', 'a2'], ['#pass'], null, null],
};

let root: HTMLElement;
let moves: string[];

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  moves = [];
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const onMove = (move: string) => void moves.push(move);

function show(props: Partial<TableViewProps> = {}): void {
  act(
    () =>
      void render(<TableView table={TABLE} scene={SCENE} legal={LEGAL} seat={0} onMove={onMove} {...props} />, root),
  );
}

function find(selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

function click(selector: string): void {
  act(() => find(selector).click());
}

function press(selector: string, key: string): void {
  act(() => void find(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
}

const open = () =>
  [...root.querySelectorAll('[data-open]')].map(
    (part) => part.getAttribute('data-place') ?? part.getAttribute('data-piece'),
  );

const top = (place: string) => Number.parseFloat(find(`[data-place=${place}]`).style.top);

describe('a table', () => {
  test('sends the move when its picks are complete', () => {
    show();
    expect(open()).toEqual(['a1', 'QS', '2H']);
    click('[data-place=a1]');
    expect(open()).toContain('a3');
    click('[data-place=a3]');
    expect(moves).toEqual(['a1a3']);
  });

  test('is played by keyboard, and Esc takes back', () => {
    show();
    press('[data-place=a1]', 'Enter');
    press('[data-place=a1]', 'Escape');
    expect(open()).toEqual(['a1', 'QS', '2H']);
    press('[data-place=a1]', ' ');
    press('[data-place=a1]', 'ArrowUp');
    expect(document.activeElement?.getAttribute('data-place')).toBe('a2');
    press('[data-place=a2]', 'ArrowUp');
    press('[data-place=a3]', 'Enter');
    expect(moves).toEqual(['a1a3']);
  });

  test('has one place in the order of the Tab key', () => {
    show();
    expect(root.querySelectorAll('.pt-place[tabindex="0"]').length).toBe(1);
  });

  test('says what a place is, what lies on it and what can be done', () => {
    show();
    expect(find('[data-place=a1]').getAttribute('aria-label')).toBe('white rook on a1, can be picked');
    expect(find('[data-place=b2]').getAttribute('aria-label')).toBe('b2, empty');
    expect(find('[role=grid]').querySelectorAll('[role=row]').length).toBe(3);
  });

  test('makes buttons of what is not on the table', () => {
    show();
    click('[data-button="#pass"]');
    expect(moves).toEqual(['pass']);
  });

  test('gathers a subset and asks to confirm it', () => {
    show();
    expect(find('[data-subset=give]').hasAttribute('disabled')).toBe(true);
    click('[data-piece="2H"]');
    click('[data-piece=QS]');
    expect(find('[data-piece=QS]').getAttribute('aria-pressed')).toBe('true');
    click('[data-subset=give]');
    expect(moves).toEqual(['give QS 2H']);
  });

  test('takes a number, and what players often want', () => {
    show();
    act(() => [...root.querySelectorAll('button')].find(({ textContent }) => textContent === 'Most')?.click());
    click('[data-number=bid]');
    expect(moves).toEqual(['bid 50']);
  });

  test('takes no pick while a move has no answer, and shows that move', () => {
    show({ pending: 'a1a3' });
    expect(open()).toEqual([]);
    expect(root.querySelectorAll('.pt-ghost').length).toBe(1);
    click('[data-place=a1]');
    expect(moves).toEqual([]);
    show({ pending: null });
    expect(open()).toEqual(['a1', 'QS', '2H']);
    expect(root.querySelectorAll('.pt-ghost').length).toBe(0);
  });

  test('asks to confirm a move where that is wanted', () => {
    show({ options: { confirm: true } });
    click('[data-place=a1]');
    click('[data-place=a3]');
    expect(moves).toEqual([]);
    expect(root.querySelectorAll('.pt-ghost').length).toBe(1);
    click('.pt-main');
    expect(moves).toEqual(['a1a3']);
  });

  test('offers nothing to those who only watch', () => {
    show({ legal: null, seat: null });
    expect(open()).toEqual([]);
    expect(root.querySelector('.pt-actions')).toBeNull();
  });

  test('calls players by their names', () => {
    show({ names: ['Ada', 'Bob'] });
    expect(find('.pt-hand').getAttribute('aria-label')).toBe("Ada's hand");
  });

  test('has the side of the second seat at the bottom, where it can be turned', () => {
    show({ table: { ...TABLE, flip: true } });
    expect(top('a1')).toBeGreaterThan(top('a3'));
    show({ table: { ...TABLE, flip: true }, seat: 1 });
    expect(top('a1')).toBeLessThan(top('a3'));
    show({ table: { ...TABLE, flip: true }, seat: 1, options: { flip: true } });
    expect(top('a1')).toBeGreaterThan(top('a3'));
    show({ options: { flip: true } });
    expect(top('a1')).toBeGreaterThan(top('a3'));
  });

  test('announces what has happened', () => {
    show();
    const pieces = SCENE.pieces?.map((piece) =>
      piece.id === 'rook' ? { ...piece, at: 'a3', label: 'white rook on a3' } : piece,
    );
    show({ scene: { ...SCENE, pieces: pieces ?? [], turn: [1], status: { key: 'to_move', text: 'Black to move' } } });
    expect(find('[role=status]').textContent).toBe('white rook on a3. Black to move');
  });

  test('lists what lies at places it does not know', () => {
    show({ scene: { ...SCENE, pieces: [{ id: 'z', at: 'nowhere', art: 'hologram:7', label: 'a hologram' }] } });
    expect(find('[data-id=z]').textContent).toContain('hologram:7');
  });
});
