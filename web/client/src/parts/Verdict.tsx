import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { patiently } from '../state/follow';
import { usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import { promiseOf } from '../state/promises';
import type { MatchRecord } from '../state/views';
import { verdictOn, type Verdict as Said } from '../state/verify';
import type { MoreWords } from '../words/en-more';
import { Icon } from './Icon';

interface Props {
  readonly id: string;
  /** What the server says now that it promised. */
  readonly promised: string;
}

/** What was promised about chance before the match, what came out after it, and what of it this browser has checked. */
export function Verdict({ id, promised }: Props) {
  const { client, store } = usePage();
  const words = useMoreWords().replay;
  const record = useSignal<MatchRecord | null>(null);
  const verdict = useSignal<Said | null>(null);
  const seen = useMemo(() => promiseOf(store, id), [store, id]);
  useEffect(() => {
    let gone = false;
    const check = async (): Promise<void> => {
      const address = `/api/matches/${encodeURIComponent(id)}/record`;
      const found = await patiently(client, () => client.api<MatchRecord>(address), () => gone);
      if (!found || gone) return;
      record.value = found;
      verdict.value = await verdictOn(found, seen === null ? [promised] : [promised, seen]);
    };
    check().catch(() => {}); // refused: the record is damaged, and there is nothing to be said for it
    return () => (gone = true);
  }, [client, id, promised, seen, record, verdict]);
  const said = verdict.value;
  return (
    <section class="panel tight verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title" class="side-title">
        {words.fair}
      </h2>
      <p class={`verdict-said ${said?.kind ?? ''}`} role="status">
        {said?.kind === 'fair' && <Icon name="check" />}
        <span>{said ? sentenceOf(said, words) : words.checking}</span>
      </p>
      <p class="small soft">{words.promise}</p>
      <code translate={false}>{record.value?.commitment ?? promised}</code>
      {seen !== null && seen !== record.value?.commitment && record.value && (
        <>
          <p class="small soft">{words.seenOther}</p>
          <code translate={false}>{seen}</code>
        </>
      )}
      {record.value && (
        <>
          <p class="small soft">{words.seed}</p>
          <code translate={false}>{record.value.seed}</code>
        </>
      )}
      {said?.kind === 'fair' && <p class="small">{seen === null ? words.notSeen : words.seen}</p>}
      <p class="small soft">{words.notChecked}</p>
    </section>
  );
}

function sentenceOf(verdict: Said, words: MoreWords['replay']): string {
  switch (verdict.kind) {
    case 'fair':
      return `${words.matches} ${words.draws(verdict.draws)}`;
    case 'other_seed':
      return words.differs;
    case 'other_promise':
      return words.otherPromise;
    case 'other_draw':
      return words.badDraw(verdict.version);
    default:
      return words.cannotCheck;
  }
}
