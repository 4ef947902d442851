import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ConnectionState } from '../wire/client';
import type { Words } from '../words';
import { usePage, useWords } from '../state/page';
import { Icon } from './Icon';

/** How the connection is, on every page: a sign, and the round trip while it is there. */
export function ConnectionMark() {
  const { client } = usePage();
  const words = useWords().connection;
  const { state } = client.connection.value;
  const ms = client.roundTripMs.value;
  const said = sentenceOf(client.connection.value, words);
  const good = state === 'live';
  return (
    <span class={`connection ${good ? 'good' : 'bad'}`} role="img" aria-label={good && ms !== null ? `${said}. ${words.roundTripLong(ms)}` : said} title={said}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        {[5, 9, 13, 17].map((height, at) => (
          <rect key={height} x={1 + at * 5} y={19 - height} width="3.2" height={height} rx="1" class={at < bars(good, ms) ? 'on' : 'off'} />
        ))}
        {!good && <path d="M3 3l14 14" class="struck" />}
      </svg>
      {good && ms !== null && <span class="numbers small connection-ms">{words.roundTrip(ms)}</span>}
    </span>
  );
}

function bars(good: boolean, ms: number | null): number {
  if (!good) return 0;
  if (ms === null || ms > 400) return 2;
  return ms > 150 ? 3 : 4;
}

/** In a match: what is wrong with the connection, and what becomes of what was asked. */
export function ConnectionBanner() {
  const { client } = usePage();
  const words = useWords().connection;
  const connection = client.connection.value;
  if (connection.state === 'live' || connection.state === 'connecting') return <div role="status" class="banner-place" />;
  const kept = client.unanswered.value;
  const over = connection.state === 'ended';
  return (
    <div role="status" class="banner-place">
      <div class={`banner ${over ? 'over' : ''}`}>
        <Icon name="live" />
        <p>
          <strong>{sentenceOf(connection, words)}</strong> {'sentence' in connection && <span lang="en">{connection.sentence}</span>}{' '}
          {!over && kept > 0 && words.kept(kept)} {'nextTryMs' in connection && <NextTry atMs={connection.nextTryMs} />}
        </p>
        {over ? (
          <button type="button" class="button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => client.retry()}>
            {words.retry}
          </button>
        )}
      </div>
    </div>
  );
}

function sentenceOf(connection: ConnectionState, words: Words['connection']): string {
  switch (connection.state) {
    case 'live':
      return connection.way === 'http' ? words.overHttp : words.live;
    case 'connecting':
      return words.connecting;
    case 'ended':
      return words.ended;
    case 'reconnecting':
      return connection.offline ? words.offline : words.reconnecting;
    default:
      return words.reconnecting;
  }
}

/** Seconds until the next try; not spoken, for it changes all the time. */
function NextTry({ atMs }: { readonly atMs: number | null }) {
  const words = useWords().connection;
  const seconds = useSignal(0);
  useEffect(() => {
    const count = (): void => {
      seconds.value = atMs === null ? 0 : Math.ceil((atMs - Date.now()) / 1000);
    };
    count();
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [atMs, seconds]);
  return seconds.value > 0 ? <span aria-hidden="true">({words.nextTry(seconds.value)})</span> : null;
}
