/** The browser's ways to a server. */

import type { Network } from './connection';
import type { Hearer, Line, OpenLine } from './line';
import { socketLine } from './socket';

const ANSWER_MS_MAX = 4000;

/** By WebSocket and over HTTP to the server at `base`, as `https://example.org`. */
export function browserNetwork(base: string): Network {
  const socketUrl = `${base.replace(/^http/u, 'ws')}/ws`;
  return {
    ways: {
      websocket: (hearer) => socketLine(socketUrl, hearer),
      http: (hearer) => fetchedLine(hearer, async () => {
        const { streamLine } = await import('./stream');
        return (told) => streamLine(base, told);
      }),
    },
    answers: async () => {
      try {
        const health = await fetch(`${base}/health`, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS_MAX) });
        return health.ok;
      } catch {
        return false;
      }
    },
    random: Math.random,
  };
}

/** A line whose code is fetched first: most people never need it. */
function fetchedLine(hearer: Hearer, fetchCode: () => Promise<OpenLine>): Line {
  let line: Line | null = null;
  let left = false;
  fetchCode().then(
    (open) => {
      if (!left) line = open(hearer);
    },
    (error: unknown) => {
      if (!left) hearer.lost({ why: String(error), code: null });
    },
  );
  return {
    send: (frames) => line?.send(frames),
    close: (code, reason) => {
      left = true;
      line?.close(code, reason);
    },
    abort: () => {
      left = true;
      line?.abort();
    },
  };
}
