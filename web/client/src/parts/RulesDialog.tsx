import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import { RefusedError } from '../wire/client';
import { Dialog } from './Dialog';

interface Props {
  readonly game: string;
  readonly onClose: () => void;
}

/** How a game is played, in the words of its author, which are text and nothing else. */
export function RulesDialog({ game, onClose }: Props) {
  const { client, games } = usePage();
  const words = useWords().general;
  const paragraphs = useSignal<readonly string[] | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    client.api<{ readonly paragraphs: readonly string[] }>(`/api/games/${encodeURI(game)}/how-to-play`).then(
      (told) => (paragraphs.value = told.paragraphs),
      (error: unknown) => {
        if (!(error instanceof RefusedError)) throw error;
        failed.value = true;
      },
    );
  }, [client, game, paragraphs, failed]);
  return (
    <Dialog title={games.title(game)} onClose={onClose} said>
      {paragraphs.value ? (
        <div class="stack" lang="en">
          {paragraphs.value.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      ) : (
        <p role="status">{failed.value ? words.failed : words.loading}</p>
      )}
    </Dialog>
  );
}
