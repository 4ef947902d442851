// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClient, type Client } from './client';
import { FakeNetwork } from './fakes';
import { CloseCode } from './messages.gen';
import { memoryStore, type Store } from './store';

let network: FakeNetwork;
let store: Store;
let client: Client;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_700_000_000_000);
  network = new FakeNetwork();
  store = memoryStore();
  client = createClient({ store, network, name: 'Ann' });
});

afterEach(() => {
  client.end();
  vi.useRealTimers();
});

const state = (): string => client.connection.value.state;

test('a new guest says a name, and keeps the token for the next visit', () => {
  expect(state()).toBe('connecting');
  network.line.welcome();
  expect(state()).toBe('live');
  expect(network.line.of('Hello')).toMatchObject([{ token: null, name: 'Ann' }]);
  expect(client.me.value).toEqual({ player: 'p8', name: 'Ann' });
  const again = new FakeNetwork();
  const next = createClient({ store, network: again });
  again.line.open();
  expect(again.line.of('Hello')).toMatchObject([{ token: 'token-of-p8', name: null }]);
  next.end();
});

test('a lost connection is made again after a random time, longer each time: up to four seconds, and ten later', async () => {
  network.line.welcome();
  network.answering = false;
  const waits: number[] = [];
  for (let round = 0; round < 22; round++) {
    network.line.lose();
    await vi.advanceTimersByTimeAsync(0);
    const now = client.connection.value;
    if (now.state !== 'reconnecting' || now.nextTryMs === null) throw new Error(`is ${now.state}`);
    waits.push(now.nextTryMs - Date.now());
    await vi.advanceTimersByTimeAsync(now.nextTryMs - Date.now());
    expect(network.lines).toHaveLength(round + 2);
  }
  expect(waits.slice(0, 5)).toEqual([500, 1000, 2000, 2000, 2000]);
  expect(waits.slice(-3)).toEqual([5000, 5000, 5000]);
  network.line.welcome();
  network.line.lose();
  await vi.advanceTimersByTimeAsync(500);
  expect(network.lines).toHaveLength(24);
});

test('a server that takes its leave is given the time that it asks for', async () => {
  network.line.welcome();
  network.line.hear({ message: 'ComeBack', after_ms: 4000, sentence: 'The server restarts.' });
  network.line.lose(CloseCode.RESTARTING);
  expect(client.connection.value).toMatchObject({ state: 'away', sentence: 'The server restarts.' });
  await vi.advanceTimersByTimeAsync(3999);
  expect(network.lines).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(network.lines).toHaveLength(2);
});

test.each([CloseCode.BAD_FRAME, CloseCode.BAD_TOKEN - 1, 3999])('after a close with %i it does not come back', async (code) => {
  network.line.welcome();
  const asked = client.request({ message: 'Resign', match: 'm', seat: 0 });
  network.line.lose(code);
  expect(client.connection.value).toEqual({ state: 'ended', code, sentence: 'lost' });
  await expect(asked).rejects.toThrow('the connection has ended');
  await expect(client.request({ message: 'Resign', match: 'm', seat: 0 })).rejects.toThrow('the connection has ended');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(network.lines).toHaveLength(1);
});

test.each([null, 1001, 1006, 1011, CloseCode.RESTARTING, CloseCode.GAP, 3499])('after a close with %s it comes back', async (code) => {
  network.line.welcome();
  network.line.lose(code);
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.lines).toHaveLength(2);
});

test('a token that the server does not know makes a new guest, once', async () => {
  network.line.welcome();
  network.line.lose(CloseCode.BAD_TOKEN);
  await vi.advanceTimersByTimeAsync(1000);
  network.line.open();
  expect(network.line.of('Hello')).toMatchObject([{ token: null, name: 'Ann' }]);
  expect(store.get('parlour.token')).toBeNull();
  network.line.lose(CloseCode.BAD_TOKEN);
  expect(state()).toBe('ended');
});

test('what breaks the protocol closes the line with its code', () => {
  network.line.welcome();
  network.line.hear({ message: 'Welcome', player: 'p8', name: 'Ann', token: 't', epoch: 'e1', server_ms: 0 });
  expect(network.line.closedWith).toBe(CloseCode.OUT_OF_PLACE);
  expect(state()).toBe('ended');
});

test('while a match is watched a silent line is found out within nine seconds', async () => {
  client.watch('match/7GQ2');
  const { line } = network;
  line.welcome();
  expect(line.of('Ping')).toHaveLength(1);
  line.hear({ message: 'Pong', sent_ms: Date.now() - 40, server_ms: Date.now() + 980 });
  expect(client.roundTripMs.value).toBe(40);
  expect(client.serverNowMs() - Date.now()).toBe(1000);
  await vi.advanceTimersByTimeAsync(2500);
  expect(line.of('Ping')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(8999);
  expect(state()).toBe('live');
  await vi.advanceTimersByTimeAsync(1);
  expect(state()).toBe('reconnecting');
  expect(line.closedWith).toBeNull();
});

test('where nobody waits for a move it asks less often', async () => {
  network.line.welcome();
  network.line.hear({ message: 'Pong', sent_ms: Date.now(), server_ms: Date.now() });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(network.line.of('Ping')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(network.line.of('Ping')).toHaveLength(2);
});

test('who looks again, or gets another network, has the line tried at once', async () => {
  network.line.welcome();
  network.line.hear({ message: 'Pong', sent_ms: Date.now(), server_ms: Date.now() });
  window.dispatchEvent(new Event('online'));
  expect(network.line.of('Ping')).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(3000);
  expect(state()).toBe('reconnecting');
  expect(network.lines).toHaveLength(1);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(network.lines).toHaveLength(2);
});

test('WebSockets that fail twice while the server answers make way for HTTP, for a while', async () => {
  network.line.lose();
  await vi.advanceTimersByTimeAsync(0);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(0);
  expect(network.lines.map(({ way }) => way)).toEqual(['websocket', 'websocket', 'http']);
  network.line.welcome();
  expect(client.connection.value).toEqual({ state: 'live', way: 'http' });
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.line.way).toBe('http');
  network.line.welcome();
  vi.setSystemTime(Date.now() + 600_000);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.line.way).toBe('websocket');
});

test('a handshake that is swallowed makes way for HTTP at once', async () => {
  await vi.advanceTimersByTimeAsync(5000);
  expect(network.lines.map(({ way }) => way)).toEqual(['websocket', 'http']);
});

test('a handshake that succeeds, with nothing behind it, counts as blocked too', async () => {
  for (const _ of [1, 2]) {
    network.line.open();
    network.line.lose(CloseCode.HELLO_TOO_LATE);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(network.lines.map(({ way }) => way)).toEqual(['websocket', 'websocket', 'http']);
});

test('where nobody answers at all, nothing is held against WebSockets', async () => {
  network.answering = false;
  for (let round = 0; round < 5; round++) {
    network.line.lose();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(new Set(network.lines.map(({ way }) => way))).toEqual(new Set(['websocket']));
});

test('HTTP that does not get through either gives WebSockets another chance', async () => {
  network.line.lose();
  await vi.advanceTimersByTimeAsync(0);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(0);
  network.line.lose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.lines.map(({ way }) => way)).toEqual(['websocket', 'websocket', 'http', 'websocket']);
});

test('a delay holds frames back both ways, in order, and a cut loses them', async () => {
  network.line.welcome();
  client.delay(300);
  const { line } = network;
  const versions: number[] = [];
  client.watch('match/7GQ2').each((_, version) => versions.push(version));
  expect(line.of('Watch')).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(300);
  const [watch] = line.of('Watch');
  line.hear({ message: 'Accepted', request: watch?.request ?? '', value: { feed: 1 } });
  line.hear({ message: 'Snapshot', feed: 1, version: 4, view: { a: 1 }, reason: 'first' });
  client.delay(0);
  line.hear({ message: 'Update', feed: 1, version: 5, patch: [0, 2], checksum: null });
  expect(versions).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(versions).toEqual([4, 5]);
  client.delay(300);
  line.hear({ message: 'Update', feed: 1, version: 6, patch: [0, 3], checksum: null });
  client.cut();
  expect(line.closedWith).toBeNull();
  await vi.advanceTimersByTimeAsync(300);
  expect(versions).toEqual([4, 5]);
});

test('an ended client leaves the line, and nothing is tried again', async () => {
  network.line.welcome();
  client.end();
  expect(network.line.closedWith).toBeNull();
  network.line.lose();
  client.retry();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(network.lines).toHaveLength(1);
  expect(client.connection.value).toEqual({ state: 'ended', code: 1000, sentence: '' });
});
