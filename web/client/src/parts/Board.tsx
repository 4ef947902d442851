import { useMemo } from 'preact/hooks';
import type { Legal } from '../wire/client';
import { TableView } from '../table/TableView';
import { withNames } from '../table/words';
import { usePage, useWords } from '../state/page';
import { statusOf } from '../state/status';
import type { MatchView } from '../state/views';
import type { Table } from '../table/vocabulary';

interface Props {
  readonly table: Table;
  readonly view: MatchView;
  readonly names: readonly string[];
  readonly seat: number | null;
  readonly flip: boolean;
  readonly legal?: Legal | null;
  readonly pending?: string | null;
  readonly onMove?: (move: string) => void;
}

/** The table as the settings want it; what it says of the state of play is in the page's language. */
export function Board({ table, view, names, seat, flip, legal, pending, onMove }: Props) {
  const { settings } = usePage();
  const words = useWords();
  const { animation, confirm, labels, targets } = settings.value;
  const options = useMemo(() => ({ flip, targets, motion: animation, labels, confirm }), [flip, targets, animation, labels, confirm]);
  const scene = useMemo(() => {
    const { key } = view.scene.status;
    return { ...view.scene, status: { key, text: statusOf(view, names, words.match).text } };
  }, [view, names, words]);
  const named = useMemo(() => {
    const zones = table.zones.map((zone) => (zone.title ? { ...zone, title: withNames(zone.title, names) } : zone));
    return { ...table, zones };
  }, [table, names]);
  const mixed = table.zones.some(isLaid) && !table.zones.every(isLaid);
  return (
    <div class={mixed ? 'board board-and-more' : 'board'}>
      <TableView
        table={named}
        scene={scene}
        seat={seat}
        legal={legal ?? null}
        pending={pending ?? null}
        onMove={onMove}
        names={names}
        options={options}
        words={words.table}
      />
    </div>
  );
}

/** Whether a zone lies beside a board, and takes of its height. */
function isLaid({ kind }: Table['zones'][number]): boolean {
  return kind === 'row' || kind === 'hand' || kind === 'pile' || kind === 'sheet';
}
