/** The browser's ways to a server. */

import type { Network } from './connection';
import { socketLine } from './socket';
import { streamLine } from './stream';

const ANSWER_MS_MAX = 4000;

/** By WebSocket and over HTTP to the server at `base`, as `https://example.org`. */
export function browserNetwork(base: string): Network {
  const socketUrl = `${base.replace(/^http/u, 'ws')}/ws`;
  return {
    ways: {
      websocket: (hearer) => socketLine(socketUrl, hearer),
      http: (hearer) => streamLine(base, hearer),
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
