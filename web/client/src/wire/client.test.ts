// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient, RefusedError, type Client, type Frame } from './client';
import { FakeNetwork, type FakeLine } from './fakes';
import { MOVE_CHARS_MAX } from './messages.gen';
import { memoryStore } from './store';
import { hex } from './transcripts';

let network: FakeNetwork;
let client: Client;

beforeEach(() => {
  vi.useFakeTimers();
  network = new FakeNetwork();
  client = createClient({ store: memoryStore(), network });
  network.line.welcome();
});

afterEach(() => {
  client.end();
  vi.useRealTimers();
});

/** The server accepts the newest watch, and sends a view. */
function show(line: FakeLine, view: Record<string, unknown>, version = 0): void {
  const watch = line.of('Watch').at(-1);
  line.hear({ message: 'Accepted', request: watch?.request ?? '', value: { feed: 1, game: 'chess' } });
  line.hear({ message: 'Snapshot', feed: 1, version, view, reason: 'first' });
}

function offer(version: number, seat = 0): void {
  network.line.hear({ message: 'LegalMoves', feed: 1, version, seat, moves: ['a1', 'b2'], picks: null });
}

test('a request is sent again, the same bytes in the same order, until it is answered', async () => {
  const first = client.request({ message: 'CreateLobby', game: 'chess', options: {}, seats: 2, listed: true });
  const second = client.request({ message: 'JoinLobby', lobby: 'x' });
  expect(client.unanswered.value).toBe(2);
  const sent = network.line.frames.slice(-2).map(hex);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  network.line.welcome();
  expect(network.line.frames.slice(1, 3).map(hex)).toEqual(sent);
  const [create] = network.line.of('CreateLobby');
  const [join] = network.line.of('JoinLobby');
  network.line.hear({ message: 'Refused', request: join?.request ?? '', code: 'full', sentence: 'It is full.', wait_ms: null });
  network.line.hear({ message: 'Accepted', request: create?.request ?? '', value: '7GQ2' });
  await expect(first).resolves.toBe('7GQ2');
  await expect(second).rejects.toMatchObject({ code: 'full', sentence: 'It is full.', waitMs: null });
  expect(client.unanswered.value).toBe(0);
});

test('what the server cannot do now is asked again with the same id, and in the end refused', async () => {
  const asked = client.request({ message: 'JoinLobby', lobby: 'x' });
  const outcome = asked.catch((error: unknown) => error);
  const { line } = network;
  const request = line.of('JoinLobby')[0]?.request ?? '';
  const refuse = (): void =>
    line.hear({ message: 'Refused', request, code: 'slow_down', sentence: 'Too many requests.', wait_ms: 700 });
  refuse();
  await vi.advanceTimersByTimeAsync(699);
  expect(line.of('JoinLobby')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(4000);
  expect(line.of('JoinLobby').map((join) => join.request)).toEqual([request, request]);
  for (let seconds = 0; seconds < 30; seconds += 5) {
    await vi.advanceTimersByTimeAsync(5000);
    line.hear({ message: 'Pong', sent_ms: Date.now(), server_ms: Date.now() });
  }
  refuse();
  expect(await outcome).toMatchObject({ code: 'slow_down', sentence: 'Too many requests.', waitMs: 700 });
});

test('what no server would read is refused here', async () => {
  const move = 'x'.repeat(MOVE_CHARS_MAX + 1);
  await expect(client.request({ message: 'Play', match: 'm', seat: 0, move })).rejects.toThrow(RefusedError);
  expect(client.unanswered.value).toBe(0);
});

test('a feed goes on over connections from the version that is here', async () => {
  const feed = client.watch<{ a: number }>('match/7GQ2', { seat: 0 });
  const told: unknown[] = [];
  feed.each((view, version, before) => told.push([version, view.a, before?.a]));
  expect(feed.version.value).toBe(-1);
  show(network.line, { a: 1 }, 3);
  expect(feed.about.value).toEqual({ game: 'chess' });
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  network.line.welcome();
  const [again] = network.line.of('Watch');
  expect(again).toMatchObject({ topic: 'match/7GQ2', seat: 0, epoch: 'e1', version: 3 });
  network.line.hear({ message: 'Accepted', request: again?.request ?? '', value: { feed: 9, game: 'chess' } });
  network.line.hear({ message: 'Update', feed: 9, version: 4, patch: [0, 2], checksum: null });
  expect(feed.view.value).toEqual({ a: 2 });
  expect(told).toEqual([
    [3, 1, undefined],
    [4, 2, 1],
  ]);
});

test('a server that has restarted shows the same view again, which is no news', async () => {
  const feed = client.watch('match/7GQ2');
  const versions: number[] = [];
  feed.each((_, version) => versions.push(version));
  show(network.line, { a: 1 }, 3);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  network.line.welcome({ epoch: 'e2' });
  expect(network.line.of('Watch')).toMatchObject([{ epoch: null, version: null }]);
  show(network.line, { a: 1 }, 3);
  show(network.line, { a: 2 }, 4);
  expect(versions).toEqual([3, 4]);
});

test('two who watch the same share one watch until both have closed', () => {
  const { line } = network;
  const one = client.watch('match/7GQ2', { form: 'scene' });
  const other = client.watch('match/7GQ2', { form: 'scene' });
  expect(line.of('Watch')).toHaveLength(1);
  show(line, { a: 1 });
  const late: number[] = [];
  other.each((_, version) => late.push(version));
  expect(late).toEqual([0]);
  one.close();
  one.close();
  expect(line.of('Unwatch')).toHaveLength(0);
  line.hear({ message: 'Update', feed: 1, version: 1, patch: [0, 2], checksum: null });
  expect(other.view.value).toEqual({ a: 2 });
  other.close();
  expect(line.of('Unwatch')).toMatchObject([{ feed: 1 }]);
  client.watch('match/7GQ2', { form: 'scene' });
  expect(line.of('Watch')).toHaveLength(2);
});

test('a feed that was closed before it was answered is left when it is', () => {
  const { line } = network;
  client.watch('lobby/x').close();
  expect(client.unanswered.value).toBe(0);
  line.hear({ message: 'Accepted', request: line.of('Watch')[0]?.request ?? '', value: { feed: 7 } });
  expect(line.of('Unwatch')).toMatchObject([{ feed: 7 }]);
});

test('watching what is not there ends the feed with the sentence of the server', () => {
  const feed = client.watch('match/none');
  const request = network.line.of('Watch')[0]?.request ?? '';
  network.line.hear({ message: 'Refused', request, code: 'no_such_match', sentence: 'There is no such match.', wait_ms: null });
  expect(feed.ended.value).toEqual({ code: 'no_such_match', sentence: 'There is no such match.' });
});

test('a feed that the server lost for a while is watched again', async () => {
  const feed = client.watch('match/7GQ2');
  show(network.line, { a: 1 });
  network.line.hear({ message: 'FeedEnded', feed: 1, code: 'unavailable', sentence: 'One moment, please.' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(network.line.of('Watch')).toHaveLength(2);
  expect(feed.ended.value).toBeNull();
});

test('moves are legal while they are those of the view that is here, and none is under way', () => {
  const feed = client.watch('match/7GQ2', { seat: 0, moves: true });
  const { line } = network;
  show(line, { a: 1 });
  expect(feed.legal.value).toBeNull();
  offer(0);
  expect(feed.legal.value).toEqual({ version: 0, moves: ['a1', 'b2'], picks: null });
  void client.request({ message: 'Play', match: '7GQ2', seat: 0, move: 'a1', version: 0 });
  expect(feed.legal.value).toBeNull();
  line.hear({ message: 'Accepted', request: line.of('Play')[0]?.request ?? '', value: 1 });
  expect(feed.legal.value).toBeNull();
  line.hear({ message: 'Update', feed: 1, version: 1, patch: [0, 2], checksum: null });
  expect(feed.legal.value).toBeNull();
  offer(1);
  expect(feed.legal.value?.version).toBe(1);
});

test('a move that is refused leaves the moves as they were', async () => {
  const feed = client.watch('match/7GQ2', { seat: 0, moves: true });
  const { line } = network;
  show(line, { a: 1 });
  offer(0);
  const played = client.request({ message: 'Play', match: '7GQ2', seat: 0, move: 'z9', version: 0 });
  const request = line.of('Play')[0]?.request ?? '';
  line.hear({ message: 'Refused', request, code: 'no_such_place', sentence: 'A move names a square.', wait_ms: null });
  await expect(played).rejects.toMatchObject({ sentence: 'A move names a square.' });
  expect(feed.legal.value?.version).toBe(0);
});

test('another name is said on a new connection, with the token', () => {
  client.rename('Zoë');
  expect(network.lines).toHaveLength(2);
  network.line.open();
  expect(network.line.of('Hello')).toMatchObject([{ token: 'token-of-p8', name: 'Zoë' }]);
});

test('a tap sees every frame as it passes', () => {
  const frames: Frame[] = [];
  const stop = client.tap((frame) => frames.push(frame));
  client.watch('lobbies');
  show(network.line, { x: {} });
  stop();
  client.watch('attendants');
  expect(frames.map(({ direction, message }) => [direction, message?.message])).toEqual([
    ['out', 'Watch'],
    ['in', 'Accepted'],
    ['in', 'Snapshot'],
  ]);
});

test('who watches from aside is there only while somebody else here watches, too', () => {
  const asked = (): unknown[] => network.line.of('Watch').map(({ moves, aside }) => [moves, aside]);
  const list = client.watch('match/7GQ2', { seat: 0, aside: true });
  show(network.line, {});
  expect(asked()).toEqual([[null, true]]);
  const page = client.watch('match/7GQ2', { seat: 0, moves: true });
  expect(asked().at(-1)).toEqual([true, null]);
  page.close();
  expect(asked().at(-1)).toEqual([true, true]);
  list.close();
  expect(asked()).toHaveLength(3);
  expect(network.line.of('Unwatch')).toHaveLength(1);
});
