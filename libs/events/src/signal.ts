/** A flag to sleep on: `raise` wakes everyone who waits, or lets the next wait pass at once. */
export class Signal {
  private raised = false;
  private readonly waiting = new Set<() => void>();

  raise(): void {
    if (this.waiting.size === 0) this.raised = true;
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves when raised or after `ms`, whichever is first. */
  async wait(ms: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        this.waiting.add(wake);
      });
    }
    this.raised = false;
  }
}
