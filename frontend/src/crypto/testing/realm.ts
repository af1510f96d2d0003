/** For tests alone: what jsdom and Node's WebCrypto need to understand each other. */
import { vi } from "vitest";

/** jsdom brings byte arrays of its own, which Node's WebCrypto does not take for such. */
export function joinRealms(): void {
  const bytes = new TextEncoder().encode("");
  vi.stubGlobal("Uint8Array", bytes.constructor);
  vi.stubGlobal("ArrayBuffer", bytes.buffer.constructor);
}
