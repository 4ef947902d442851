import type { Words } from '../words';
import { enHome, type HomeWords } from '../words/en-home';
import { useWordsWith } from './page';

/** Also the words of the first page. A module of its own: the English ones come with it, and no sooner. */
export function useHomeWords(): Words & HomeWords {
  return useWordsWith(enHome);
}
