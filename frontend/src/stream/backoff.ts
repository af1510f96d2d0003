const FIRST_MS = 1000;
const CAP_MS = 30_000;
/** Gently: after a restart ten thousand browsers shall all be back within seconds. */
const GROWTH = 1.5;

/**
 * How long to wait before the next try: anything between nothing and a bound that grows from 1 s to 30 s. Full jitter,
 * so that thousands of browsers don't come back in the same instant after a restart.
 */
export class Backoff {
  #tries = 0;
  #wake: (() => void) | undefined;

  /** Waits; `wake()` ends it early. */
  async pause(): Promise<void> {
    const bound = Math.min(CAP_MS, FIRST_MS * GROWTH ** this.#tries);
    this.#tries += 1;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.random() * bound);
      this.#wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  wake(): void {
    this.#wake?.();
  }

  /** It worked: the next failure starts from the shortest wait. */
  reset(): void {
    this.#tries = 0;
  }
}
