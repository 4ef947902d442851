import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import { ConnectionMark } from './Connection';
import { Icon } from './Icon';
import { NoticeList } from './NoticeList';

/** What surrounds every page: the way home, who one is, how the connection is, and what was told. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { client, own, router } = usePage();
  const words = useWords();
  const waiting = own.waiting.value;
  const { page } = router.route.value;
  return (
    <>
      <a class="skip" href="#main">
        {words.general.skip}
      </a>
      <header class="bar">
        <a class="mark" href="/" aria-current={page === 'home' ? 'page' : undefined}>
          <img class="mark-sign" src="/icon.svg" alt="" width="32" height="32" />
          <span class="mark-name">{words.general.parlour}</span>
        </a>
        <nav class="bar-links" aria-label={words.general.navigation}>
          {waiting > 0 && (
            <a class="tag turn" href="/" aria-label={words.general.turnsWaiting(waiting)}>
              <span aria-hidden="true">●</span> {words.general.number(waiting)}
            </a>
          )}
          <ConnectionMark />
          <a class="button quiet who" href="/settings" aria-current={page === 'settings' ? 'page' : undefined}>
            <Icon name="gear" />
            <span class="spoken">{words.general.settings}: </span>
            <span class="name who-name" translate={false}>
              {client.me.value?.name ?? '…'}
            </span>
          </a>
        </nav>
      </header>
      {children}
      <NoticeList />
    </>
  );
}

interface MainProps {
  /** Also that of the window. */
  readonly title: string;
  readonly class?: string;
  /** The heading is read, but not seen. */
  readonly unseen?: boolean;
  readonly children: ComponentChildren;
}

/** A page's own part, with its heading, which has the focus after one has come here from another page. */
export function Main({ title, children, unseen, ...props }: MainProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { own, router } = usePage();
  const words = useWords().general;
  const waiting = own.waiting.value > 0;
  useLayoutEffect(() => {
    document.title = waiting ? words.yourTurnTitle(title) : words.page(title);
  }, [title, waiting, words]);
  useEffect(() => {
    if (router.moved()) heading.current?.focus({ preventScroll: true });
  }, [router]);
  return (
    <main id="main" class={`page ${props.class ?? ''}`}>
      <h1 ref={heading} tabindex={-1} class={unseen ? 'spoken' : ''}>
        {title}
      </h1>
      {children}
    </main>
  );
}
