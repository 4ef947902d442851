import { loaded, type Lazy, type Load } from '../loaded';
import { useWords } from '../state/page';

/** A page whose code is fetched when it is first needed; it says so when that fails. */
export function lazy<P extends object>(load: Load<P>): Lazy<P> {
  return loaded(load, ({ failed }) => (
    <main id="main" class="page narrow">
      <h1 class="spoken">
        <Said failed={failed} />
      </h1>
      <p role="status">
        <Said failed={failed} />
      </p>
    </main>
  ));
}

/** The same for a part of a page. */
export function lazyPart<P extends object>(load: Load<P>): Lazy<P> {
  return loaded(load, ({ failed }) => (
    <p role="status">
      <Said failed={failed} />
    </p>
  ));
}

function Said({ failed }: { readonly failed: boolean }) {
  const words = useWords().general;
  return <>{failed ? words.failed : words.loading}</>;
}
