/** The no's that a caller gets. */

/** The server said no, in a sentence for people; `waitMs` is how long to wait before asking again. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly waitMs: number | null,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** The client has ended, so that no answer will come. */
export class EndedError extends Error {
  override readonly name = 'EndedError';
}
