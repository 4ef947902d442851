/** How a conversation breaks: the server did something that has no answer, and the connection closes. */

import { ERRORS } from './messages.gen';

/** `kind` is the name that the documentation of the wire has for it, `closeCode` what the connection closes with. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly closeCode: number;

  constructor(
    readonly kind: keyof typeof ERRORS,
    why: string,
  ) {
    super(`${kind}: ${why}`);
    this.closeCode = ERRORS[kind];
  }
}

/**
 * Whether a connection that closed with `code` should be made again. Codes that are not ours (1001, 1006, 1011 …)
 * come from the network or a proxy: come back.
 */
export function mayComeBack(code: number): boolean {
  return code < 3500 || code > 3999;
}
