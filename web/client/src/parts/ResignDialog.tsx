import { attempted, usePage, useWords } from '../state/page';
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
  const words = useWords();
  const resign = (): void => {
    onClose();
    void attempted(page, page.client.request({ message: 'Resign', match: id, seat }));
  };
  return (
    <Dialog title={words.match.resignSure} onClose={onClose}>
      <p>{words.match.resignWhy}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={onClose}>
          {words.general.cancel}
        </button>
        <button type="button" class="button danger" onClick={resign}>
          <Icon name="flag" />
          {words.match.resignYes}
        </button>
      </div>
    </Dialog>
  );
}
