import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { CHAT_CHARS_MAX } from '../wire/messages.gen';
import { attempted, usePage, useWords } from '../state/page';
import type { ChatView, Line } from '../state/views';
import { Icon } from './Icon';
import '../style/chat.css';

export interface TalkProps {
  /** Of the lobby, which is that of its match. */
  readonly id: string;
  readonly canSpeak: boolean;
  /** What spectators say to each other, and not the players. */
  readonly gallery?: boolean;
}

/** What was said, and what one may say. */
export function Talk({ id, canSpeak, gallery = false }: TalkProps) {
  const page = usePage();
  const words = useWords().chat;
  const feed = useMemo(() => page.client.watch<ChatView>(`${gallery ? 'gallery' : 'chat'}/${id}`), [page.client, id, gallery]);
  useEffect(() => () => feed.close(), [feed]);
  const lines = Object.entries(feed.view.value ?? {}).toSorted(([one], [other]) => Number(one) - Number(other));
  return (
    <>
      <Lines lines={lines} title={gallery ? words.gallery : words.title} />
      {canSpeak ? <Speak id={id} gallery={gallery} /> : <p class="soft small">{words.membersOnly}</p>}
    </>
  );
}

interface LinesProps {
  readonly lines: readonly (readonly [string, Line])[];
  readonly title: string;
}

function Lines({ lines, title }: LinesProps) {
  const { client } = usePage();
  const words = useWords().chat;
  const list = useRef<HTMLDivElement>(null);
  const newest = lines.at(-1)?.[0];
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);
  return (
    <div class="chat-lines" ref={list} role="log" aria-label={title} tabindex={0}>
      {lines.length === 0 && <p class="soft">{words.empty}</p>}
      {lines.map(([number, line]) => (
        <p key={number} class={line.player === client.me.value?.player ? 'mine' : ''}>
          <bdi class="chat-name" translate={false}>
            {line.name}
          </bdi>{' '}
          <bdi class="name" translate={false}>
            {line.text}
          </bdi>{' '}
          <time class="small soft" dateTime={new Date(line.at_ms).toISOString()}>
            {words.at(line.at_ms)}
          </time>
        </p>
      ))}
    </div>
  );
}

function Speak({ id, gallery }: { readonly id: string; readonly gallery: boolean }) {
  const page = usePage();
  const words = useWords().chat;
  const text = useSignal('');
  const send = async (): Promise<void> => {
    const said = text.value.trim();
    if (!said) return;
    text.value = '';
    const sent = await attempted(page, page.client.request({ message: 'Say', lobby: id, text: said, ...(gallery && { gallery }) }).then(() => true));
    if (!sent && !text.value) text.value = said;
  };
  return (
    <form
      class="row chat-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        type="text"
        aria-label={words.message}
        placeholder={words.message}
        autocomplete="off"
        maxLength={CHAT_CHARS_MAX}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="submit" class="button icon" aria-label={words.send}>
        <Icon name="send" />
      </button>
    </form>
  );
}
