import { describe, expect, test } from 'vitest';
import { ProtocolError } from './errors';
import { decodeClient } from './messages';
import { CLIENT_MESSAGES } from './messages.gen';
import { ClientSession, keyOf, type Asked, type Form, type Key } from './session';
import { bytes, hex, named, transcripts, type Json } from './transcripts';

interface Step extends Json {
  readonly call?: string;
  readonly arguments?: unknown[];
  readonly frame?: string;
  readonly error?: string;
}

describe('golden transcripts', () => {
  test.each(transcripts('session_'))('$title', ({ session, steps }) => {
    const client = new ClientSession(session as { prefix: string });
    const watched = new Map<string, Key>();
    for (const step of steps as Step[]) {
      if (step.call === 'watch') {
        const key = keyFrom(step.arguments ?? []);
        watched.set(keyOf(key), key);
      }
      const { sends, state, views, ...done } = step;
      expect(played(client, step)).toEqual(done);
      const sent = client.framesToSend().map((frame) => ({ message: named(decodeClient(frame)), frame: hex(frame) }));
      expect(sent).toEqual(sends);
      expect(client.state).toBe(state);
      const held = [...watched.values()].flatMap((key) => {
        const view = client.view(key);
        return view ? [{ ...key, ...view }] : [];
      });
      expect(plain(held)).toEqual(views);
    }
  });
});

/** What came of a step, as the transcript shows it. */
function played(client: ClientSession, step: Step): Json {
  if (step.call !== undefined) {
    const returned = called(client, step.call, step.arguments ?? []);
    return { call: step.call, arguments: step.arguments, ...(returned === undefined ? {} : { returns: returned }) };
  }
  const heard = { received: step['received'], frame: step.frame };
  try {
    return { ...heard, events: client.receive(bytes(step.frame)).map(named) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { ...heard, error: error.kind, close_code: error.closeCode };
  }
}

function called(client: ClientSession, method: string, args: unknown[]): string | undefined {
  switch (method) {
    case 'connected':
      client.connected();
      return undefined;
    case 'disconnected':
      client.disconnected();
      return undefined;
    case 'request':
      return client.request(asked(String(args[0]), args.slice(1)));
    case 'play':
      return client.request(asked('Play', args));
    case 'watch':
      return client.watch(keyFrom(args), (args[3] as boolean | undefined) ?? null, (args[4] as boolean | undefined) ?? null);
    case 'watch_again':
      client.watchAgain(keyFrom(args));
      return undefined;
    case 'unwatch':
      client.unwatch(keyFrom(args));
      return undefined;
    case 'ping':
      client.ping(args[0] as number);
      return undefined;
    default:
      throw new Error(`no method ${method}`);
  }
}

/** A request whose fields come in their order. */
function asked(message: string, values: unknown[]): Asked {
  const shape = CLIENT_MESSAGES[message as keyof typeof CLIENT_MESSAGES];
  const names = shape.fields.map(([name]) => name).slice(1);
  return { message, ...Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) } as unknown as Asked;
}

function keyFrom([topic, seat, form]: unknown[]): Key {
  return { topic: String(topic), seat: (seat as number | null) ?? null, form: (form as Form | null) ?? null };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test('a request that no server would read is not made', () => {
  const client = new ClientSession({ prefix: 'k' });
  expect(() => client.request({ message: 'Play', match: 'm', seat: 0, move: '' })).toThrow(ProtocolError);
  expect(client.unanswered).toEqual([]);
});
