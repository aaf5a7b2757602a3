// The services by what a command can ask of them. Written here, so that a command starts without loading them.

/** Each of them reads events. */
export const SERVICES = ['matching', 'openings', 'jobseekers', 'identity'] as const;
/** Those with a read model that is made from the log. */
export const REBUILT = ['matching'] as const;
/** Those whose states the log holds, in the order in which they say them again. */
export const OWNERS = ['identity', 'openings', 'jobseekers'] as const;
