import { useSignal } from '@preact/signals';
import { lazyPart } from '../pages/lazy';
import { usePage, useWords } from '../state/page';

const RulesDialog = lazyPart(() => import('./RulesDialog').then((module) => module.RulesDialog));

/** Where the server can say how a game is played, a button that opens it. */
export function HowToPlay({ game }: { readonly game: string }) {
  const words = useWords().general;
  const open = useSignal(false);
  if (!usePage().games.find(game)?.explained) return null;
  return (
    <>
      <button type="button" class="button quiet small" onClick={() => (open.value = true)}>
        {words.howToPlay}
      </button>
      {open.value && <RulesDialog game={game} onClose={() => (open.value = false)} />}
    </>
  );
}
