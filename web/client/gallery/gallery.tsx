/**
 * Every game of the catalogue, drawn from scenes that the rules made: `python -m tests.tables` writes them.
 * `?game=KEY` shows one, `?at=0|1|2` its first, middle or last scene, `?theme=dark`, `?picture` the small pictures.
 */

import { render } from 'preact';
import { useState } from 'preact/hooks';
import { type Legal, type Scene, type Table, TablePicture, TableView } from '../src/table';
import './gallery.css';

interface Shown {
  game: string;
  title: string;
  table: Table;
  scenes: { seat: number | null; scene: Scene; legal: Legal | null }[];
}

const asked = new URLSearchParams(location.search);
document.documentElement.dataset['theme'] = asked.get('theme') ?? 'light';

function One({ shown, at }: { shown: Shown; at: number }) {
  const [move, setMove] = useState('');
  const here = shown.scenes[Math.min(at, shown.scenes.length - 1)];
  if (!here) return null;
  return (
    <section class="card" id={shown.game}>
      <h2>{shown.title}</h2>
      <p>{move ? `onMove: ${move}` : here.scene.status.text}</p>
      {asked.has('picture') ? (
        <TablePicture table={shown.table} scene={here.scene} />
      ) : (
        <TableView
          table={shown.table}
          scene={here.scene}
          legal={here.legal}
          seat={here.seat}
          onMove={setMove}
          pending={asked.has('pending') && move ? move : null}
          options={{ flip: asked.has('flip') }}
        />
      )}
    </section>
  );
}

function Gallery({ all }: { all: readonly Shown[] }) {
  const wanted = asked.get('game')?.split(',');
  const at = Number(asked.get('at') ?? 1);
  const chosen = wanted ? all.filter(({ game }) => wanted.includes(game)) : all;
  return (
    <div class={wanted?.length === 1 ? 'one' : 'many'}>
      <h1>Tables</h1>
      {chosen.map((shown) => (
        <One key={shown.game} shown={shown} at={at} />
      ))}
    </div>
  );
}

const root = document.getElementById('gallery');
const scenes = await fetch('./scenes.json');
if (root) render(<Gallery all={(await scenes.json()) as Shown[]} />, root);
