interface Recorded {
  url: string;
  init: RequestInit | undefined;
  began: number;
  ended: number;
}

/** Notes the requests that this process sends to a server by `fetch`, to send the same ones again. */
export class RecordedRequests {
  private readonly real = globalThis.fetch;
  private requests: Recorded[] = [];

  /** @param wanted which addresses are noted */
  constructor(wanted: (url: string) => boolean) {
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!wanted(url)) return this.real(input, init);
      const request = { url, init, began: performance.now(), ended: Infinity };
      this.requests.push(request);
      try {
        return await this.real(input, init);
      } finally {
        request.ended = performance.now();
      }
    };
  }

  /** What was sent since the last call, in waves: the requests of a wave were on their way together. */
  taken(): Recorded[][] {
    const waves: Recorded[][] = [];
    let firstEnd = -Infinity;
    for (const request of this.requests) {
      const wave = waves.at(-1);
      if (wave && request.began < firstEnd) wave.push(request);
      else waves.push([request]);
      firstEnd = Math.min(request.began < firstEnd ? firstEnd : Infinity, request.ended);
    }
    this.requests = [];
    return waves;
  }

  /** Sends them once more, wave by wave, and reads the answers. */
  async send(waves: readonly (readonly Recorded[])[]): Promise<void> {
    for (const wave of waves)
      await Promise.all(
        wave.map(async ({ url, init }) => {
          // The first one's deadline has passed or runs.
          const response = await this.real(url, { ...init, signal: AbortSignal.timeout(10_000) });
          if (!response.ok) throw new Error(`${url} answers ${response.status}`);
          await response.json();
        }),
      );
  }

  end(): void {
    globalThis.fetch = this.real;
  }
}
