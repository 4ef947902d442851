import { useMoreWords } from '../state/moreWords';
import { attempted, usePage } from '../state/page';
import { Dialog } from './Dialog';
import { Icon } from './Icon';

interface Props {
  readonly id: string;
  readonly seat: number;
  readonly onClose: () => void;
}

/** Nobody resigns by a slip of the finger. */
export function ResignDialog({ id, seat, onClose }: Props) {
  const page = usePage();
  const words = useMoreWords();
  const resign = (): void => {
    onClose();
    void attempted(page, page.client.request({ message: 'Resign', match: id, seat }));
  };
  return (
    <Dialog title={words.resign.sure} onClose={onClose}>
      <p>{words.resign.why}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.general.cancel}
        </button>
        <button type="button" class="button danger" onClick={resign}>
          <Icon name="flag" />
          {words.resign.yes}
        </button>
      </div>
    </Dialog>
  );
}
