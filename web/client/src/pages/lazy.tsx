import { useSignal } from '@preact/signals';
import type { ComponentType, FunctionComponent, VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useWords } from '../state/page';

type Load<P> = () => Promise<ComponentType<P>>;

export type Lazy<P> = FunctionComponent<P> & {
  /** Fetches the code, once; never fails, for showing it tries again. */
  fetch(): Promise<void>;
};

/** A page whose code is fetched when it is first needed; it says so when that fails. */
export function lazy<P extends object>(load: Load<P>): Lazy<P> {
  return loaded(load, (said) => (
    <main id="main" class="page narrow">
      <h1 class="spoken">{said}</h1>
      <p role="status">{said}</p>
    </main>
  ));
}

/** The same for a part of a page. */
export function lazyPart<P extends object>(load: Load<P>): Lazy<P> {
  return loaded(load, (said) => <p role="status">{said}</p>);
}

function loaded<P extends object>(load: Load<P>, meanwhile: (said: string) => VNode): Lazy<P> {
  let ready: ComponentType<P> | null = null;
  const fetch = async (): Promise<void> => {
    try {
      ready ??= await load();
    } catch (error) {
      // without a network just now, whoever is shown without it says so
      if (error instanceof SyntaxError) renew();
    }
  };
  function Lazy(props: P) {
    const here = useSignal(ready !== null);
    const failed = useSignal(false);
    const words = useWords().general;
    useEffect(() => {
      void fetch().then(() => {
        here.value = ready !== null;
        failed.value = ready === null;
      });
    }, [here, failed]);
    if (!here.value || !ready) return meanwhile(failed.value ? words.failed : words.loading);
    const Ready = ready;
    return <Ready {...props} />;
  }
  return Object.assign(Lazy, { fetch });
}

const RENEWED = 'parlour.renewed-ms';
const RENEW_AGAIN_MS = 60_000;

/** The server has a newer page, whose code does not fit what is loaded here: loads it all, but not over and over. */
function renew(): void {
  const lastMs = Number(sessionStorage.getItem(RENEWED) ?? 0);
  if (Date.now() - lastMs < RENEW_AGAIN_MS) return;
  sessionStorage.setItem(RENEWED, String(Date.now()));
  location.reload();
}
