/** A flag to sleep on: `raise` wakes who waits, or lets the next wait pass at once. */
export class Signal {
  private raised = false;
  private waiter?: () => void;

  raise(): void {
    this.raised = true;
    this.waiter?.();
  }

  /** Resolves when raised or after `ms`, whichever is first. One waiter at a time. */
  async wait(ms: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.waiter = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.waiter = undefined;
    }
    this.raised = false;
  }
}
