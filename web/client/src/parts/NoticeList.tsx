import { usePage, useWords } from '../state/page';
import { Icon } from './Icon';

/** What was told just now. The two regions are always there, so that screen readers hear what comes into them. */
export function NoticeList() {
  const { notices } = usePage();
  const words = useWords().general;
  const shown = notices.shown.value;
  return (
    <div class="notices">
      {(['trouble', 'news'] as const).map((kind) => (
        <div key={kind} role={kind === 'trouble' ? 'alert' : 'status'}>
          {shown
            .filter((notice) => notice.kind === kind)
            .map((notice) => (
              <div key={notice.number} class={`notice ${kind}`}>
                <span lang={notice.said ? 'en' : undefined}>{notice.text}</span>
                <button type="button" class="button quiet icon" aria-label={words.close} onClick={() => notices.dismiss(notice.number)}>
                  <Icon name="cross" />
                </button>
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}
