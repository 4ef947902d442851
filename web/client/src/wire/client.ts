/** One player at one server: what the page imports of the wire. */

import type { Client } from './contract';
import type { Network } from './connection';
import { browserNetwork } from './network';
import { ReconnectingClient } from './reconnecting';
import { browserStore, type Store } from './store';

export type { ApiRequest, Client, Frame, Me, ValueOf, WatchOptions } from './contract';
export type { ConnectionState } from './connection';
export type { Feed, FeedEnd, Legal, LegalMove } from './feed';
export type { Asked, Form } from './session';
export type { View } from './patches';
export { EndedError, RefusedError } from './refusal';

export interface ClientOptions {
  /** Where the server is, as `https://example.org`; otherwise it is the one that the page came from. */
  readonly base?: string;
  /** Where the token is kept. The same store is the same player. */
  readonly store?: Store;
  /** What a new guest is called. */
  readonly name?: string | null;
  /** The way to the server; otherwise the browser's. */
  readonly network?: Network;
}

/** A client that connects at once. */
export function createClient({ base = location.origin, ...options }: ClientOptions = {}): Client {
  const { store = browserStore(), network = browserNetwork(base), name = null } = options;
  return new ReconnectingClient(base, store, network, name);
}
