/** Every scene in the file that `TABLES` names is drawn: nothing is lost, nothing is nameless, every move can be entered. */

import { readFileSync } from 'node:fs';
import { render } from 'preact';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Legal, type Scene, type Table, TablePicture, TableView } from '../src/table';
import { NumberField } from '../src/table/Actions';
import { GraphGround, HexGround, TrackGround } from '../src/table/ground';
import { choicesOf } from '../src/table/picks';
import { Sheet } from '../src/table/ZoneView';

interface Shown {
  game: string;
  table: Table;
  scenes: { seat: number | null; scene: Scene; legal: Legal | null }[];
}

const games = JSON.parse(readFileSync(process.env['TABLES'] ?? 'gallery/scenes.json', 'utf8')) as Shown[];
const cases = games.flatMap(({ game, table, scenes }) => scenes.map((shown, at) => ({ game, at, table, ...shown })));

let root: HTMLElement;

beforeAll(async () => {
  await Promise.all([NumberField, GraphGround, HexGround, Sheet, TrackGround].map((each) => each.fetch()));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

function drawn(element: preact.ComponentChild): HTMLElement {
  root = document.createElement('div');
  document.body.append(root);
  render(element, root);
  return root;
}

describe.each(cases)('$game, scene $at', ({ table, scene, seat, legal }) => {
  const piles = new Set(table.zones.filter(({ kind }) => kind === 'pile').map(({ id }) => id));

  test('has every piece in it once, with a name', () => {
    const page = drawn(<TableView table={table} scene={scene} seat={seat} legal={legal} onMove={() => undefined} />);
    const ids = [...page.querySelectorAll('[data-id]')].map((piece) => piece.getAttribute('data-id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const piece of scene.pieces ?? []) if (!piles.has(piece.at)) expect(ids).toContain(piece.id);
    const spoken = [...page.querySelectorAll('[aria-label], .pt-unseen, .pt-sheet-text, td, th')].map(
      (part) => `${part.getAttribute('aria-label') ?? ''} ${part.textContent}`,
    );
    for (const piece of scene.pieces ?? [])
      if (!piles.has(piece.at)) expect(spoken.some((text) => text.includes(piece.label))).toBe(true);
  });

  test('has no place or button without a name', () => {
    const page = drawn(<TableView table={table} scene={scene} seat={seat} legal={legal} onMove={() => undefined} />);
    for (const part of page.querySelectorAll('.pt-place, button, input, [role=grid], [role=group]'))
      expect(`${part.getAttribute('aria-label') ?? ''}${part.textContent}`.trim()).not.toBe('');
    expect(page.querySelectorAll('.pt-place[tabindex="0"]').length).toBe(page.querySelectorAll('.pt-places').length);
  });

  test('offers the first pick of every move', () => {
    const page = drawn(<TableView table={table} scene={scene} seat={seat} legal={legal} onMove={() => undefined} />);
    const choices = choicesOf(legal);
    const offers = page.querySelectorAll(
      '.pt-place[data-open], [data-piece][data-open], [data-button], .pt-whole, .pt-cell-button',
    );
    const words = new Set([...choices.tree.next.keys(), ...choices.subsets.flatMap((form) => form[2])]);
    if (words.size) expect(offers.length).toBeGreaterThan(0);
    const named = new Set(
      [...offers].flatMap((offer) =>
        ['data-place', 'data-piece', 'data-button'].map((name) => offer.getAttribute(name)),
      ),
    );
    const lying = new Map((scene.pieces ?? []).map(({ id, at }) => [id, at]));
    const files = new Set(
      table.zones.flatMap((zone) => (zone.kind === 'grid' && zone.by_file ? [zone.prefix ?? ''] : [])),
    );
    for (const word of words) {
      const whole = [...files].some((prefix) => /^\d+$/.test(word.slice(prefix.length)));
      expect(named.has(word) || named.has(lying.get(word) ?? '') || whole, `${word} can be picked`).toBe(true);
    }
    expect(page.querySelectorAll('[data-number]').length).toBe(choices.numbers.length);
  });

  test('is drawn small as well', () => {
    const page = drawn(<TablePicture table={table} scene={scene} label="A picture" />);
    expect(page.querySelectorAll('button, input, [tabindex]').length).toBe(0);
    expect(page.querySelector('.pt-picture')?.getAttribute('aria-label')).toBe('A picture');
  });
});
