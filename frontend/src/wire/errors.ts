/** The server answered no. `code` is a machine code of docs/live-protocol.md. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** With `line_closed` only: why. */
  readonly reason: string | undefined;

  constructor(status: number, code: string, reason?: string) {
    super(code);
    this.status = status;
    this.code = code;
    this.reason = reason;
  }

  /** This grant opens nothing any more: whoever holds it wipes. */
  get isOver(): boolean {
    return this.code === "unauthorised" || this.code === "gone";
  }

  /** The same request may pass a little later. */
  get isPassing(): boolean {
    return this.status === 429;
  }
}

/** No answer, or one of a server that can't answer now: nothing was acknowledged, the same request may be sent again. */
export class Unreachable extends Error {}
