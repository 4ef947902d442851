/** Short sentences that come up, are spoken, and go. */

import { signal, type ReadonlySignal } from '@preact/signals';

const SHOWN_MS = 6000;
const SHOWN_MAX = 3;

export interface Notice {
  readonly number: number;
  readonly text: string;
  readonly kind: 'news' | 'trouble';
  /** The server's own sentence, which is English. */
  readonly said: boolean;
}

export interface Notices {
  readonly shown: ReadonlySignal<readonly Notice[]>;
  tell(text: string): void;
  /** A sentence of the server that says why something was not done. */
  quote(sentence: string): void;
  dismiss(number: number): void;
}

export function createNotices(): Notices {
  const shown = signal<readonly Notice[]>([]);
  let number = 0;
  const dismiss = (gone: number): void => {
    shown.value = shown.peek().filter((notice) => notice.number !== gone);
  };
  const show = (text: string, kind: Notice['kind'], said: boolean): void => {
    const notice = { number: (number += 1), text, kind, said };
    shown.value = [...shown.peek(), notice].slice(-SHOWN_MAX);
    setTimeout(() => dismiss(notice.number), SHOWN_MS);
  };
  return {
    shown,
    dismiss,
    tell: (text) => show(text, 'news', false),
    quote: (sentence) => show(sentence, 'trouble', true),
  };
}
