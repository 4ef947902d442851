/** Code that is fetched at the first touch: without it a table can be seen, and played by clicks. */

export interface Later<Code> {
  /** Null until it was fetched. */
  readonly code: Code | null;
  /** Fetches it once; null without a network, and then the next call tries again. */
  fetch(): Promise<Code | null>;
}

export function later<Code>(load: () => Promise<Code>): Later<Code> {
  let coming: Promise<Code | null> | null = null;
  const loading = {
    code: null as Code | null,
    fetch: () =>
      (coming ??= load().then(
        (code) => (loading.code = code),
        () => (coming = null),
      )),
  };
  return loading;
}
