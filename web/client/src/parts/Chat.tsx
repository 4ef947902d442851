import { useId, useRef } from 'preact/hooks';
import { useNear } from '../loaded';
import { lazyPart } from '../pages/lazy';
import { useWords } from '../state/page';
import type { TalkProps } from './Talk';

const Talk = lazyPart(() => import('./Talk').then((module) => module.Talk));

/** What is said in a lobby and in the match that comes of it, or among those who watch it. */
export function Chat(props: TalkProps) {
  const words = useWords().chat;
  const titled = useId();
  const place = useRef<HTMLElement>(null);
  const near = useNear(place);
  return (
    <section class="panel chat" aria-labelledby={titled} ref={place}>
      <h2 id={titled}>{props.gallery ? words.gallery : words.title}</h2>
      {near.value && <Talk {...props} />}
    </section>
  );
}
