import type { Words } from '../words';
import { enMore, type MoreWords } from '../words/en-more';
import { useWordsWith } from './page';

/** Also the words of the other pages and of dialogs. A module of its own: the English ones come with it, and no sooner. */
export function useMoreWords(): Words & MoreWords {
  return useWordsWith(enMore);
}
