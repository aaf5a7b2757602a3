/** Does the process run? One that has ended and was not yet waited for does not. */
export function isAlive(pid: number): boolean;
