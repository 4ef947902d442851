/** Code that is fetched when what it draws is first shown, and what tells when that is. */

import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentType, FunctionComponent, RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export type Load<P> = () => Promise<ComponentType<P>>;

export type Lazy<P> = FunctionComponent<P> & {
  /** Fetches the code, once; never fails, for showing it tries again. */
  fetch(): Promise<void>;
};

/** What stands there until the code is, or when it did not come. */
export type Meanwhile = FunctionComponent<{ readonly failed: boolean }>;

export const Nothing: Meanwhile = () => null;

export function loaded<P extends object>(load: Load<P>, Meanwhile: Meanwhile): Lazy<P> {
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
    useEffect(() => {
      void fetch().then(() => {
        here.value = ready !== null;
        failed.value = ready === null;
      });
    }, [here, failed]);
    if (!here.value || !ready) return <Meanwhile failed={failed.value} />;
    const Ready = ready;
    return <Ready {...props} />;
  }
  return Object.assign(Lazy, { fetch });
}

/** Whether an element has come near the screen: then its code, or what it shows, is worth asking for. */
export function useNear(place: RefObject<Element | null>, margin = '0px'): ReadonlySignal<boolean> {
  const near = useSignal(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        near.value = true;
      },
      { rootMargin: margin },
    );
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, [place, near, margin]);
  return near;
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
