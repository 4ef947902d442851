import { Board } from './Board';
import { Tree } from './Tree';
import type { Chair, Tap } from '../state/bench';
import { namesOf } from '../state/names';
import { useMoreWords } from '../state/moreWords';
import { statusOf } from '../state/status';
import type { Frame } from '../wire/client';

const DELAYS_MS = [0, 100, 500, 2000] as const;

/** One audience of a match: what it sees, and what passes on its connection. */
export function ChairPanel({ chair }: { readonly chair: Chair }) {
  const words = useMoreWords();
  const { match, seat, tap } = chair;
  const who = seat === null ? words.workbench.spectator : words.workbench.seat(seat + 1);
  const about = match.about.value;
  const back = match.steps.at.value !== null;
  const view = back ? (match.steps.shown.value?.view ?? null) : match.view.value;
  const names = namesOf(about?.players ?? []);
  const line = view && statusOf(view, names, words.match);
  return (
    <section class="panel tight chair" aria-label={who}>
      <div class="row spread">
        <h2 class="side-title">
          {who}{' '}
          {chair.name !== null && (
            <bdi class="soft small name" translate={false}>
              {chair.name}
            </bdi>
          )}
        </h2>
        <Line tap={tap} who={who} />
      </div>
      {line && (
        <p class="chair-status" lang={line.said ? 'en' : undefined}>
          {line.text}
        </p>
      )}
      {about?.table && view && (
        <Board
          table={about.table}
          view={view}
          names={names}
          seat={seat}
          flip={false}
          legal={back ? null : match.legal.value}
          pending={back ? null : match.pending.value}
          {...(seat !== null && !back && { onMove: (move: string) => void match.play(move) })}
        />
      )}
      <p class="refusal" role="alert" lang="en">
        {match.refusal.value}
      </p>
      <div class="trees">
        <Labelled title={words.workbench.scene} value={view?.scene} />
        <Labelled title={words.workbench.view} value={chair.view.view.value} />
        {seat !== null && <Labelled title={words.workbench.legal} value={match.legal.value?.moves} />}
      </div>
      {!chair.shared && <Frames tap={tap} who={who} />}
    </section>
  );
}

function Labelled({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details class="tree-root">
      <summary>{title}</summary>
      <Tree value={value ?? null} open />
    </details>
  );
}

/** The connection of a chair, and how to spoil it. */
function Line({ tap, who }: { readonly tap: Tap; readonly who: string }) {
  const words = useMoreWords();
  const { state } = tap.client.connection.value;
  const live = state === 'live';
  const ms = tap.client.roundTripMs.value;
  return (
    <div class="row chair-line">
      <span class={live ? 'tag' : 'tag warn'} role="status">
        {live ? (ms === null ? words.connection.live : words.connection.roundTrip(ms)) : words.connection.reconnecting}
      </span>
      <label>
        <span class="spoken">{`${words.workbench.delay}: ${who}`}</span>
        <select value={tap.delayMs.value} onChange={(event) => (tap.delayMs.value = Number(event.currentTarget.value))}>
          {DELAYS_MS.map((delay) => (
            <option key={delay} value={delay}>
              {words.workbench.delayOf(delay)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button danger" aria-label={words.workbench.cutWho(who)} onClick={() => tap.client.cut()}>
        {words.workbench.cut}
      </button>
    </div>
  );
}

function Frames({ tap, who }: { readonly tap: Tap; readonly who: string }) {
  const words = useMoreWords().workbench;
  const { frames, bytes } = tap.total.value;
  return (
    <details class="tree-root" open>
      <summary>
        {words.frames} <span class="soft small numbers">{words.total(frames, bytes)}</span>
      </summary>
      <div class="frames" role="log" aria-live="off" aria-label={words.framesOf(who)} tabindex={0}>
        {tap.frames.value.length === 0 && <p class="soft small">{words.noFrames}</p>}
        {tap.frames.value.map((frame, at) => (
          <FrameRow key={frames - at} frame={frame} />
        ))}
      </div>
      <button type="button" class="button quiet" onClick={tap.clear}>
        {words.clear}
      </button>
    </details>
  );
}

function FrameRow({ frame }: { readonly frame: Frame }) {
  const words = useMoreWords().workbench;
  const { message, ...fields } = frame.message ?? { message: null };
  const out = frame.direction === 'out';
  return (
    <details class={`frame ${frame.direction}`}>
      <summary>
        <span aria-hidden="true">{out ? '▸' : '◂'}</span>
        <span class="spoken">{out ? words.sent : words.received}</span>
        <code translate={false}>{message ?? words.unreadable}</code>
        <code class="frame-short" translate={false}>
          {JSON.stringify(Object.values(fields), plainly)}
        </code>
        <span class="numbers soft small">{words.bytes(frame.bytes.length)}</span>
      </summary>
      <Tree value={fields} open />
      <code class="hex" translate={false}>
        {Array.from(frame.bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}
      </code>
    </details>
  );
}

function plainly(key: string, value: unknown): unknown {
  if (key === 'token') return '…';
  return typeof value === 'bigint' ? String(value) : value;
}
