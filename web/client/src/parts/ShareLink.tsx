import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { lazyPart } from '../pages/lazy';
import { usePage } from '../state/page';
import { useMoreWords } from '../state/moreWords';
import { Icon } from './Icon';

const Qr = lazyPart(() => import('./Qr').then((module) => module.Qr));

/** A link for others: to be copied, to be sent by what the device offers, or to be photographed. */
export function ShareLink({ address, title }: { readonly address: string; readonly title: string }) {
  const { notices } = usePage();
  const words = useMoreWords();
  const qr = useSignal(false);
  const field = useId();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      const input = document.querySelector<HTMLInputElement>(`#${CSS.escape(field)}`);
      input?.select(); // a page without HTTPS has no clipboard: what is selected can be copied by hand
      return;
    }
    notices.tell(words.general.copied);
  };
  const share = (): void => {
    navigator.share({ title, url: address }).catch(() => {}); // the player thought better of it
  };
  return (
    <div class="stack share">
      <div class="row">
        <label class="grow">
          <span class="spoken">{words.lobby.link}</span>
          <input id={field} type="text" readOnly value={address} translate={false} onFocus={(event) => event.currentTarget.select()} />
        </label>
        <button type="button" class="button" onClick={() => void copy()}>
          <Icon name="copy" />
          {words.general.copy}
        </button>
      </div>
      <div class="buttons">
        {'share' in navigator && (
          <button type="button" class="button" onClick={share}>
            <Icon name="share" />
            {words.lobby.share}
          </button>
        )}
        <button type="button" class="button" aria-pressed={qr.value} onClick={() => (qr.value = !qr.value)}>
          <Icon name="qr" />
          {words.lobby.qr}
        </button>
      </div>
      {qr.value && <Qr text={address} label={words.lobby.qrLabel} />}
    </div>
  );
}
